#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated chip on a real PC/SC daemon, talked to by OpenSC and by a small terminal over pyscard whose ciphers are
python3-cryptography's and whose curves are Python's whole numbers: nothing of it is shared with the chip.

usage: pcsc-stack test-gateside-chip.py GATESIDE-AUTHORITY GATESIDE-CHIP GATESIDE-HALL
"""
import configparser
import hashlib
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import unittest

from asn1crypto import keys
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.cmac import CMAC
from smartcard import scard

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from gs_test_hall import Hall  # noqa: E402

AUTHORITY, CHIP, HALL = sys.argv.pop(1), sys.argv.pop(1), sys.argv.pop(1)
PACE = bytes.fromhex("04007F00070202040202")  # ECDH, generic mapping, AES-128: the last byte is the cipher
CA = bytes.fromhex("04007F0007020203")
AID = bytes.fromhex("A0000002471001")


def tlv(tag, value):
    length = bytes([len(value)]) if len(value) < 0x80 else bytes([0x81, len(value)]) if len(value) < 0x100 else \
        b"\x82" + len(value).to_bytes(2, "big")
    return bytes.fromhex(tag) + length + value


def objects(data):
    """Tag to value, of one level; tags of one byte."""
    found, at = {}, 0
    while at < len(data):
        tag, length = data[at], data[at + 1]
        at += 2
        if length & 0x80:
            count = length & 0x7f
            length = int.from_bytes(data[at:at + count], "big")
            at += count
        found[tag] = data[at:at + length]
        at += length
    return found


def pad(data, block):
    return data + b"\x80" + bytes(-(len(data) + 1) % block)


def unpad(data):
    return data.rstrip(b"\0")[:-1]


class Keys:
    """Encryption and checksums of one cipher: 1 3DES, 2 AES-128, 3 AES-192, 4 AES-256."""

    def __init__(self, cipher, secret):
        self.cipher, self.block = cipher, 8 if cipher == 1 else 16
        self.encryption, self.mac = (self.derive(cipher, secret, number) for number in (1, 2))

    @staticmethod
    def derive(cipher, secret, number):
        data = secret + number.to_bytes(4, "big")
        if cipher <= 2:
            return hashlib.sha1(data).digest()[:16]
        return hashlib.sha256(data).digest()[:24 if cipher == 3 else 32]

    @staticmethod
    def cbc(cipher, key, iv):
        method = algorithms.TripleDES(key) if cipher == 1 else algorithms.AES(key)
        return Cipher(method, modes.CBC(iv))

    def iv(self, counter):
        if self.cipher == 1:
            return bytes(8)
        return Cipher(algorithms.AES(self.encryption), modes.ECB()).encryptor().update(counter)

    def encrypt(self, data, counter=b""):
        iv = self.iv(counter) if counter else bytes(self.block)
        return self.cbc(self.cipher, self.encryption, iv).encryptor().update(data)

    def decrypt(self, data, counter=b""):
        iv = self.iv(counter) if counter else bytes(self.block)
        return self.cbc(self.cipher, self.encryption, iv).decryptor().update(data)

    def checksum(self, padded):
        if self.cipher == 1:
            first, second = self.mac[:8], self.mac[8:]
            state = self.cbc(1, first * 3, bytes(8)).encryptor().update(padded)[-8:]
            state = Cipher(algorithms.TripleDES(second * 3), modes.ECB()).decryptor().update(state)
            return Cipher(algorithms.TripleDES(first * 3), modes.ECB()).encryptor().update(state)
        mac = CMAC(algorithms.AES(self.mac))
        mac.update(padded)
        return mac.finalize()[:8]


class Curve:
    """A curve out of openssl's own parameters, with the sums done here."""

    def __init__(self, name):
        der = subprocess.run(["openssl", "ecparam", "-name", name, "-param_enc", "explicit", "-outform", "DER"],
                             capture_output=True, check=True).stdout
        values = keys.SpecifiedECDomain.load(der)
        self.p = values["field_id"]["parameters"].native
        self.a, self.b = (int.from_bytes(values["curve"][name].native, "big") for name in ("a", "b"))
        self.size = (self.p.bit_length() + 7) // 8
        self.g, self.order = self.read(values["base"].native), values["order"].native

    def read(self, data):
        return int.from_bytes(data[1:1 + self.size], "big"), int.from_bytes(data[1 + self.size:], "big")

    def write(self, point):
        return b"\x04" + b"".join(number.to_bytes(self.size, "big") for number in point)

    def add(self, one, two):
        if one is None or two is None:
            return one or two
        if one[0] == two[0] and (one[1] + two[1]) % self.p == 0:
            return None
        slope = (3 * one[0] ** 2 + self.a) * pow(2 * one[1], -1, self.p) if one == two else \
            (two[1] - one[1]) * pow(two[0] - one[0], -1, self.p)
        x = (slope ** 2 - one[0] - two[0]) % self.p
        return x, (slope * (one[0] - x) - one[1]) % self.p

    def times(self, number, point):
        result = None
        while number:
            if number & 1:
                result = self.add(result, point)
            point, number = self.add(point, point), number >> 1
        return result

    def secret(self):
        return int.from_bytes(os.urandom(self.size + 8), "big") % (self.order - 1) + 1


class Failed(Exception):
    pass


class Terminal:
    def __init__(self):
        self.keys = None
        _, self.context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
        self.card = None

    def connect(self, seconds=8):
        deadline, result = time.monotonic() + seconds, scard.SCARD_E_NO_SMARTCARD
        while time.monotonic() < deadline:
            state = scard.SCardGetStatusChange(self.context, 100, [("Virtual PCD 00 00", scard.SCARD_STATE_UNAWARE)])[1]
            if state and state[0][1] & scard.SCARD_STATE_PRESENT:
                result, card, _ = scard.SCardConnect(self.context, "Virtual PCD 00 00", scard.SCARD_SHARE_SHARED,
                                                     scard.SCARD_PROTOCOL_T1)
                if result == scard.SCARD_S_SUCCESS:
                    self.card = card
                    return self
            time.sleep(0.05)
        raise Failed(scard.SCardGetErrorMessage(result))

    def close(self):
        if self.card is not None:
            scard.SCardDisconnect(self.card, scard.SCARD_RESET_CARD)
        scard.SCardReleaseContext(self.context)

    def raw(self, data):
        result, answer = scard.SCardTransmit(self.card, scard.SCARD_PCI_T1, list(data))
        if result != scard.SCARD_S_SUCCESS:
            raise Failed(scard.SCardGetErrorMessage(result))
        if len(answer) < 2:
            # vpcd's first word when the chip is gone: success, and nothing.
            raise Failed("no answer")
        return bytes(answer)

    def send(self, header, data=b"", expected=None, status=0x9000):
        answer = self.protected(header, data, expected) if self.keys else self.open(header, data, expected)
        data, word = answer
        if status is not None and word != status:
            raise Failed(f"{header.hex()}: {word:04X}")
        return data if status is not None else answer

    def open(self, header, data, expected):
        command = header + (bytes([len(data)]) + data if data else b"")
        if expected is not None:
            command += bytes([expected & 0xff])
        answer = self.raw(command)
        return answer[:-2], int.from_bytes(answer[-2:], "big")

    def count(self):
        self.counter = (int.from_bytes(self.counter, "big") + 1).to_bytes(self.keys.block, "big")

    def protected(self, header, data, expected):
        header = bytes([header[0] | 0x0c]) + header[1:]
        odd = header[1] & 1
        self.count()
        body = b""
        if data:
            secret = self.keys.encrypt(pad(data, self.keys.block), self.counter)
            body += tlv("85", secret) if odd else tlv("87", b"\x01" + secret)
        if expected is not None:
            body += tlv("97", bytes([expected & 0xff]) if expected <= 256 else (expected & 0xffff).to_bytes(2, "big"))
        message = pad(header, self.keys.block) + body if body else header
        body += tlv("8E", self.keys.checksum(pad(self.counter + message, self.keys.block)))
        if expected is not None and expected > 256:
            answer = self.raw(header + b"\0" + len(body).to_bytes(2, "big") + body + b"\0\0")
        else:
            answer = self.raw(header + bytes([len(body)]) + body + b"\0")
        word = int.from_bytes(answer[-2:], "big")
        if len(answer) == 2:
            self.keys = None
            return b"", word
        self.count()
        parts = objects(answer[:-2])
        mac = parts.pop(0x8e)
        if self.keys.checksum(pad(self.counter + answer[:-2 - 10], self.keys.block)) != mac:
            self.keys = None
            raise Failed("wrong checksum")
        value = parts.get(0x87, b"\x01")[1:] or parts.get(0x85, b"")
        return unpad(self.keys.decrypt(value, self.counter)) if value else b"", int.from_bytes(parts[0x99], "big")

    def start(self, cipher, secret, counter=None):
        self.keys = Keys(cipher, secret)
        self.counter = counter or bytes(self.keys.block)

    def select_application(self):
        self.send(b"\x00\xa4\x04\x0c", AID)

    @staticmethod
    def password(line):
        return hashlib.sha1((line[:10] + line[13:20] + line[21:28]).encode()).digest()

    def bac(self, line):
        self.select_application()
        base = Keys(1, self.password(line)[:16])
        theirs, mine, secret = self.send(b"\x00\x84\x00\x00", expected=8), os.urandom(8), os.urandom(16)
        cryptogram = base.encrypt(mine + theirs + secret)
        answer = self.send(b"\x00\x82\x00\x00", cryptogram + base.checksum(pad(cryptogram, 8)), 40)
        if base.checksum(pad(answer[:32], 8)) != answer[32:]:
            raise Failed("the chip's answer is wrong")
        plain = base.decrypt(answer[:32])
        if plain[:16] != theirs + mine:
            raise Failed("the chip's answer is another's")
        self.start(1, bytes(a ^ b for a, b in zip(secret, plain[16:])), theirs[4:] + mine[4:])

    def general(self, last, value):
        answer = self.send(bytes([0 if last else 0x10]) + b"\x86\x00\x00", tlv("7C", value), 256)
        return objects(objects(answer)[0x7c])

    def pace(self, line, curve, parameters, oid):
        cipher = oid[-1]
        self.send(b"\x00\x22\xc1\xa4", tlv("80", oid) + tlv("83", b"\x01") + tlv("84", bytes([parameters])))
        key = Keys.derive(cipher, self.password(line), 3)
        nonce = self.general(False, b"")[0x80]
        nonce = Keys.cbc(cipher, key, bytes(8 if cipher == 1 else 16)).decryptor().update(nonce)
        mine = curve.secret()
        mapping = curve.read(self.general(False, tlv("81", curve.write(curve.times(mine, curve.g))))[0x82])
        generator = curve.add(curve.times(int.from_bytes(nonce, "big"), curve.g), curve.times(mine, mapping))
        mine = curve.secret()
        public = curve.write(curve.times(mine, generator))
        theirs = self.general(False, tlv("83", public))[0x84]
        shared = curve.times(mine, curve.read(theirs))[0].to_bytes(curve.size, "big")
        new = Keys(cipher, shared)

        def token(key):
            data = tlv("7F49", tlv("06", oid) + tlv("86", key))
            return new.checksum(pad(data, 8) if cipher == 1 else data)

        answer = self.general(True, tlv("85", token(theirs)))
        if answer[0x86] != token(public):
            raise Failed("the chip's token is wrong")
        self.start(cipher, shared)
        proof = answer.get(0x8a)
        if proof is None:
            return None
        plain = new.cbc(cipher, new.encryption, new.iv(b"\xff" * 16)).decryptor().update(proof)
        return int.from_bytes(unpad(plain), "big"), mapping

    def chip_authentication(self, cipher, public, shared):
        if cipher == 1:
            self.send(b"\x00\x22\x41\xa6", tlv("91", public))
        else:
            oid = CA + bytes([2 if public[0] == 4 and len(public) < 200 else 1, cipher])
            self.send(b"\x00\x22\x41\xa4", tlv("80", oid))
            self.general(True, tlv("80", public))
        self.start(cipher, shared)

    def read(self, identifier, step=200):
        self.send(b"\x00\xa4\x02\x0c", identifier.to_bytes(2, "big"))
        head = self.send(b"\x00\xb0\x00\x00", expected=6)
        length = head[1] + 2 if head[1] < 0x80 else int.from_bytes(head[2:2 + (head[1] & 0x7f)], "big") + 2 + (head[1] & 0x7f)
        data = head[:length]
        while len(data) < length:
            want = min(step, length - len(data))
            if len(data) < 0x8000:
                data += self.send(b"\x00\xb0" + len(data).to_bytes(2, "big"), expected=want)
            else:
                data += objects(self.send(b"\x00\xb1\x00\x00", tlv("54", len(data).to_bytes(3, "big")), want + 3))[0x53]
        return data


CURVES = {"P256": ("prime256v1", 12), "BP256": ("brainpoolP256r1", 13), "P384": ("secp384r1", 15),
          "BP384": ("brainpoolP384r1", 16), "P521": ("secp521r1", 18)}


class Chip(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="gateside-chip-")
        cls.root = pathlib.Path(cls.temporary.name)
        cls.country, cls.passports = cls.root / "country", cls.root / "passports"
        subprocess.run([AUTHORITY, "--country", cls.country, "--all", cls.passports, "--quiet"], check=True)
        cls.chip = subprocess.Popen([CHIP, "--control", cls.root / "control", "--log", cls.root / "log", "--gap", "600"],
                                    stdout=subprocess.PIPE, text=True)
        cls.chip.stdout.readline()
        cls.control = socket.socket(socket.AF_UNIX)
        cls.control.connect(str(cls.root / "control"))
        cls.lines = cls.control.makefile("rw")

    @classmethod
    def tearDownClass(cls):
        cls.tell("quit")
        cls.chip.wait(5)
        cls.control.close()
        cls.temporary.cleanup()

    @classmethod
    def tell(cls, line):
        cls.lines.write(line + "\n")
        cls.lines.flush()
        answer = cls.lines.readline().strip()
        if not answer.startswith("ok"):
            raise Failed(answer)
        return answer

    def clear(self):
        """Nothing on the reader, and the daemon knows it."""
        self.tell("take")
        terminal, deadline = Terminal(), time.monotonic() + 8
        while time.monotonic() < deadline:
            state = scard.SCardGetStatusChange(terminal.context, 100, [("Virtual PCD 00 00", scard.SCARD_STATE_UNAWARE)])[1]
            if state and state[0][1] & scard.SCARD_STATE_EMPTY:
                break
            time.sleep(0.02)
        terminal.close()

    def lay(self, variant, *faults):
        self.clear()
        self.tell(f"lay {self.passports / variant}")
        for fault in faults:
            self.tell(f"fault {fault}")
        file = configparser.ConfigParser()
        file.read(self.passports / variant / "chip.ini")
        self.line = file["document"]["mrz-line-2"]
        terminal = Terminal()
        self.addCleanup(terminal.close)
        return terminal.connect()

    def file(self, variant, name):
        return (self.passports / variant / f"{name}.bin").read_bytes()

    def compare_all(self, terminal, variant):
        for identifier, name in ((0x011e, "ef-com"), (0x0101, "dg1"), (0x0102, "dg2"), (0x011d, "ef-sod")):
            self.assertEqual(terminal.read(identifier), self.file(variant, name), f"{variant} {name}")

    def test_opensc(self):
        """OpenSC's own tool sees the reader, the answer to reset and EF.CardAccess."""
        self.lay("genuine").close()
        done = subprocess.run(["opensc-tool", "-a"], capture_output=True, text=True, timeout=20)
        self.assertIn("3b:80:80:01:01", done.stdout)
        done = subprocess.run(["opensc-tool", "-c", "default", "-s", "00A4020C02011C", "-s", "00B0000000"],
                              capture_output=True, text=True, timeout=20)
        self.assertEqual(done.stdout.count("SW1=0x90, SW2=0x00"), 2, done.stdout)

    def test_closed(self):
        terminal = self.lay("genuine")
        terminal.select_application()
        for command in (b"\x00\xb0\x9e\x00", b"\x00\xb0\x81\x00"):
            self.assertEqual(terminal.send(command, expected=16, status=None)[1], 0x6982)
        self.assertEqual(terminal.send(b"\x00\xa4\x02\x0c", b"\x01\x1e", status=None)[1], 0x6982)

    def test_bac(self):
        for variant in ("bac-aa-rsa", "genuine"):
            terminal = self.lay(variant)
            terminal.bac(self.line)
            self.compare_all(terminal, variant)

    def test_pace_only(self):
        terminal = self.lay("pace-only")
        terminal.select_application()
        with self.assertRaisesRegex(Failed, "6D00"):
            terminal.bac(self.line)

    def test_pace(self):
        for variant, curve, cipher in (("genuine", "BP256", 2), ("genuine-p256", "P256", 2), ("genuine-bp384", "BP384", 4),
                                       ("pace-3des", "P256", 1), ("pace-aes192", "BP256", 3), ("pace-p521", "P521", 4)):
            with self.subTest(variant):
                name, number = CURVES[curve]
                terminal = self.lay(variant)
                terminal.pace(self.line, Curve(name), number, PACE[:-1] + bytes([cipher]))
                terminal.select_application()
                self.compare_all(terminal, variant)

    def test_pace_chip_mapping(self):
        """Our own mapping: the proof times the key of EF.CardSecurity is the mapping key, unless the chip is a copy."""
        for variant, genuine in (("pace-cam", True), ("cloned-cam", False)):
            terminal, curve = self.lay(variant), Curve("brainpoolP256r1")
            number, mapping = terminal.pace(self.line, curve, 13, PACE[:-2] + b"\x06\x02")
            security = terminal.read(0x011d)
            self.assertEqual(security, self.file(variant, "ef-card-security"))
            at = security.find(bytes.fromhex("04007F000702020102"))
            key = security[security.index(b"\x03\x42\x00\x04", at) + 3:][:65]
            self.assertEqual(curve.times(number, curve.read(key)) == mapping, genuine, variant)

    def test_wrong_mrz(self):
        terminal = self.lay("access-refused")
        with self.assertRaisesRegex(Failed, "6300"):
            terminal.pace(self.line, Curve("brainpoolP256r1"), 13, PACE)
        with self.assertRaisesRegex(Failed, "6300"):
            terminal.bac(self.line)

    def ca_public(self, variant):
        data = self.file(variant, "dg14")
        at = data.index(bytes.fromhex("04007F000702020102" if variant != "ca-dh" else "04007F000702020101")) + 9
        return keys.PublicKeyInfo.load(data[at:])

    def test_chip_authentication(self):
        for variant, name, number, pace, cipher in (("genuine", "BP256", 13, 2, 2), ("pace-aes192", "BP256", 13, 3, 3),
                                                    ("genuine-bp384", "BP384", 16, 4, 4), ("genuine-rsa", "BP256", 13, 2, 1)):
            with self.subTest(variant):
                terminal, curve = self.lay(variant), Curve(CURVES[name][0])
                terminal.pace(self.line, curve, number, PACE[:-1] + bytes([pace]))
                terminal.select_application()
                theirs, mine = curve.read(bytes(self.ca_public(variant)["public_key"])), curve.secret()
                shared = curve.times(mine, theirs)[0].to_bytes(curve.size, "big")
                terminal.chip_authentication(cipher, curve.write(curve.times(mine, curve.g)), shared)
                self.assertEqual(terminal.read(0x0101), self.file(variant, "dg1"))

    def test_chip_authentication_dh(self):
        terminal, curve = self.lay("ca-dh"), Curve("brainpoolP256r1")
        terminal.pace(self.line, curve, 13, PACE)
        terminal.select_application()
        info = self.ca_public("ca-dh")
        parameters = info["algorithm"]["parameters"].native
        p, g = (parameters["p"], parameters["g"]) if isinstance(parameters, dict) else parameters
        mine = int.from_bytes(os.urandom(28), "big")
        shared = pow(info["public_key"].parsed.native, mine, p).to_bytes(256, "big")
        public = pow(g, mine, p).to_bytes(256, "big")
        terminal.send(b"\x00\x22\x41\xa4", tlv("80", CA + b"\x01\x02"))
        # Too long for one short command: in two pieces.
        data = tlv("7C", tlv("80", public))
        terminal.send(b"\x10\x86\x00\x00", data[:150])
        terminal.send(b"\x00\x86\x00\x00", data[150:], 256)
        terminal.start(2, shared)
        self.assertEqual(terminal.read(0x0101), self.file("ca-dh", "dg1"))

    def test_copy_fails_chip_authentication(self):
        terminal, curve = self.lay("cloned-ca"), Curve("brainpoolP256r1")
        terminal.pace(self.line, curve, 13, PACE)
        terminal.select_application()
        theirs, mine = curve.read(bytes(self.ca_public("cloned-ca")["public_key"])), curve.secret()
        shared = curve.times(mine, theirs)[0].to_bytes(curve.size, "big")
        terminal.chip_authentication(2, curve.write(curve.times(mine, curve.g)), shared)
        with self.assertRaisesRegex(Failed, "6988"):
            terminal.read(0x0101)

    def active(self, variant):
        terminal, challenge = self.lay(variant), os.urandom(8)
        terminal.bac(self.line)
        data = self.file(variant, "dg15")
        key = serialization.load_der_public_key(data[data.index(b"\x30"):])
        return key, challenge, terminal.send(b"\x00\x88\x00\x00", challenge, 65536)

    def test_active_authentication_rsa(self):
        for variant, genuine in (("bac-aa-rsa", True), ("genuine-rsa", True), ("cloned-aa", False)):
            key, challenge, signature = self.active(variant)
            numbers = key.public_numbers()
            block = pow(int.from_bytes(signature, "big"), numbers.e, numbers.n).to_bytes(len(signature), "big")
            if not genuine:
                self.assertNotEqual(block[0], 0x6a)
                continue
            self.assertEqual(block[0], 0x6a, variant)
            method, end = (hashlib.sha1, 1) if block[-1] == 0xbc else (hashlib.sha256, 2)
            self.assertIn(block[-end:], (b"\xbc", b"\x34\xcc"))
            size = method().digest_size
            self.assertEqual(block[-end - size:-end], method(block[1:-end - size] + challenge).digest(), variant)

    def test_active_authentication_ec(self):
        for variant, genuine in (("bac-aa-ec", True), ("cloned-aa-ec", False)):
            key, challenge, signature = self.active(variant)
            half = len(signature) // 2
            der = utils.encode_dss_signature(*(int.from_bytes(part, "big") for part in (signature[:half], signature[half:])))
            try:
                key.verify(der, challenge, ec.ECDSA(hashes.SHA256()))
                good = True
            except Exception:
                good = False
            self.assertEqual(good, genuine, variant)

    def test_mute(self):
        self.clear()
        self.tell(f"lay {self.passports / 'muted'}")
        terminal = Terminal()
        self.addCleanup(terminal.close)
        deadline = time.monotonic() + 8
        state = 0
        while not state & scard.SCARD_STATE_MUTE and time.monotonic() < deadline:
            state = scard.SCardGetStatusChange(terminal.context, 100, [("Virtual PCD 00 00", scard.SCARD_STATE_UNAWARE)])[1][0][1]
        self.assertTrue(state & scard.SCARD_STATE_MUTE)

    def test_taken_away(self):
        terminal = self.lay("genuine")
        self.tell("take")
        with self.assertRaises(Failed):
            terminal.raw(bytes.fromhex("00A4020C02011C"))

    def test_faults(self):
        terminal = self.lay("genuine", "dies=2")
        terminal.raw(bytes.fromhex("00A4020C02011C"))
        terminal.raw(bytes.fromhex("00B0000000"))
        with self.assertRaises(Failed):
            terminal.raw(bytes.fromhex("00B0000000"))
        for fault, expected in (("wrong-mac=5", "wrong checksum"), ("bad-token", "answer is wrong"), ("status=6982@4", "6982"),
                                ("le-limit=192", "6700")):
            with self.subTest(fault):
                terminal = self.lay("bac-aa-rsa", fault)
                with self.assertRaisesRegex(Failed, expected):
                    terminal.bac(self.line)
                    terminal.read(0x0102, 200)

    def test_truncated(self):
        terminal = self.lay("bac-aa-rsa", "truncate=dg2:900")
        terminal.bac(self.line)
        with self.assertRaisesRegex(Failed, "6282|6B00"):
            terminal.read(0x0102)

    def test_desk_call(self):
        """A desk calls; the traveller's passport lies on its reader, opens with that MRZ, and goes when the hall is told."""
        self.clear()
        with Hall("--quiet", "--passports", self.root, "--chip", f"desk-3={self.root / 'control'}", program=HALL) as hall:
            made = hall.control("crossing", reasons=["B01"], passport="genuine")
            answer = hall.desk("desk-3").post("/v1/desk-calls", {"crossing": made["crossing"], "desk": "desk-3"})
            self.assertLess(answer.status, 300, answer)
            terminal = Terminal()
            self.addCleanup(terminal.close)
            terminal.connect()
            terminal.bac(made["mrz"][1])
            for identifier, name in ((0x0101, "dg1"), (0x0102, "dg2"), (0x011d, "ef-sod")):
                evidence = hall.desk("desk-3").get(f"/v1/crossings/{made['crossing']}/evidence/{name}")
                self.assertEqual(terminal.read(identifier), evidence.body, name)
            hall.control("cancelled", crossing=made["crossing"])
            deadline = time.monotonic() + 5
            while "laid=no" not in self.tell("status") and time.monotonic() < deadline:
                time.sleep(0.02)
            self.assertIn("laid=no", self.tell("status"))

    def test_log(self):
        terminal = self.lay("bac-aa-rsa")
        terminal.bac(self.line)
        terminal.read(0x0101)
        sent = [line.split("\t") for line in (self.root / "log").read_text().splitlines()]
        last = max(index for index, line in enumerate(sent) if line[1] == "on")
        commands = [line for line in sent[last:] if line[1] == "apdu"]
        self.assertEqual([line[3] for line in commands][:3], ["plain"] * 3)
        self.assertTrue(all(line[3:5] == ["bac", "protected"] for line in commands[3:]))
        self.assertIn(f"commands={len(commands)}", self.tell("status"))


unittest.main(verbosity=2)
