#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""(h) The station is killed: the hall closes its gates, unwatched. Started again, the desk has its cases."""
import signal

from gs_journey import Desk, equal, surname

with Desk(gates=4) as desk:
    desk.sign_in()
    made = desk.hall.control("crossing", reasons=["D06"], gate="gate-2")
    desk.screen.wait_text(surname(made) + ",")
    desk.stop(signal.SIGKILL)

    def closed():
        return {one["subject"] for one in desk.truth("event") if one["type"] == "org.gateside.gate.status.v1"
                and one["data"]["state"] == "closed" and one["data"]["reason"] == "unwatched"}
    desk.wait(lambda: closed() == set(desk.gates), 20, lambda: f"all gates closed, and not only {closed()}")

    desk.start()
    desk.sign_in()
    desk.screen.wait_text(surname(made) + ",")
