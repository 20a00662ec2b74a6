#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signs the specimen pack with a specimen authority that is made for it.

usage: sign-specimen-pack.py --tool GATESIDE-PACK --out TAR --authority PEM [--keep FOLDER] FILE...

Nobody can keep a key secret that is published with a program, so none is: each build makes an authority, signs the pack
of Utopia once, and forgets both keys. A desk that believes this authority believes that one pack and no other, ever.
Agencies sign their packs with their own authority, which the desk's key file names; see docs/stamp-pack.md.

With --keep both certificates and keys stay in that folder (authority.pem, authority.key, signer.pem, signer.key), for tests
that sign more than one pack.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

# The years that a simulated hall may be in, whatever this machine's clock says.
FIRST, LAST = "20200101000000Z", "20491231235959Z"
VALID_FROM = "2020-01-01"
LABEL = """\
# Specimen authority for packs of stamp templates, of the fictional state Utopia (UTO).
# It was made while Gateside was built, signed the specimen pack beside it, and its key was thrown away.
"""
CONFIG = """\
[ca]
default_ca=specimen
[specimen]
database=index
new_certs_dir=.
rand_serial=yes
default_md=sha256
policy=any
unique_subject=no
[any]
countryName=optional
organizationName=optional
commonName=supplied
[req]
distinguished_name=name
prompt=no
[name]
[authority]
basicConstraints=critical,CA:TRUE,pathlen:0
keyUsage=critical,keyCertSign
subjectKeyIdentifier=hash
[signer]
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,codeSigning
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
"""


def openssl(folder, *arguments):
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                   stderr=subprocess.PIPE, text=True)


def make_certificate(folder, name, common_name, *issuer):
    openssl(folder, "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", f"{name}.key")
    openssl(folder, "req", "-new", "-config", "openssl.conf", "-key", f"{name}.key", "-out", f"{name}.csr", "-subj",
            f"/C=UT/O=Utopia Border Service/CN={common_name}")
    openssl(folder, "ca", "-batch", "-notext", "-config", "openssl.conf", "-extensions", name, "-startdate", FIRST, "-enddate",
            LAST, "-in", f"{name}.csr", "-out", f"{name}.pem", *issuer)


def make_authority(folder):
    (folder / "openssl.conf").write_text(CONFIG)
    (folder / "index").write_text("")
    make_certificate(folder, "authority", "SPECIMEN pack authority of Utopia", "-selfsign", "-keyfile", "authority.key")
    make_certificate(folder, "signer", "SPECIMEN pack signer of Utopia", "-cert", "authority.pem", "-keyfile", "authority.key")


def sign(arguments, folder):
    pack = folder / "pack"
    pack.mkdir()
    for file in arguments.files:
        shutil.copyfile(file, pack / file.name)
    # Built with ASan, the tool would fail over what fontconfig keeps until a program's end.
    os.environ.setdefault("ASAN_OPTIONS", "detect_leaks=0")
    subprocess.run([arguments.tool, "sign", pack, "--key", folder / "signer.key", "--certificate", folder / "signer.pem",
                    "--valid-from", VALID_FROM], check=True)
    subprocess.run([arguments.tool, "make", pack, "--out", arguments.out], check=True)
    arguments.authority.write_text(LABEL + (folder / "authority.pem").read_text())
    subprocess.run([arguments.tool, "verify", arguments.out, "--authorities", arguments.authority, "--on", VALID_FROM],
                   check=True, stdout=subprocess.DEVNULL)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tool", required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--authority", type=pathlib.Path, required=True)
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("files", type=pathlib.Path, nargs="+")
    arguments = parser.parse_args()
    arguments.tool = str(pathlib.Path(arguments.tool).resolve())
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        try:
            make_authority(folder)
            sign(arguments, folder)
        except subprocess.CalledProcessError as error:
            sys.exit(f"sign-specimen-pack: {error}\n{error.stderr or ''}")
        if arguments.keep is not None:
            arguments.keep.mkdir(parents=True, exist_ok=True)
            for name in ("authority", "signer"):
                shutil.copyfile(folder / f"{name}.pem", arguments.keep / f"{name}.pem")
                shutil.copyfile(folder / f"{name}.key", arguments.keep / f"{name}.key")


if __name__ == "__main__":
    main()
