#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What gateside-authority issues, read by programs that nobody here wrote: openssl's command line and asn1crypto.

usage: test-gateside-authority.py GATESIDE-AUTHORITY
"""
import configparser
import hashlib
import pathlib
import subprocess
import sys
import tempfile
import unittest

from asn1crypto import cms, core, crl, keys, x509

AUTHORITY = sys.argv.pop(1)
TODAY = "2026-11-23"


class GroupHash(core.Sequence):
    _fields = [("number", core.Integer), ("hash", core.OctetString)]


class GroupHashes(core.SequenceOf):
    _child_spec = GroupHash


class VersionInfo(core.Sequence):
    _fields = [("lds", core.PrintableString), ("unicode", core.PrintableString)]


class Digest(core.Sequence):
    _fields = [("algorithm", core.ObjectIdentifier)]


class SecurityObject(core.Sequence):
    _fields = [("version", core.Integer), ("digest", Digest), ("groups", GroupHashes),
               ("info", VersionInfo, {"optional": True})]


class Certificates(core.SetOf):
    _child_spec = x509.Certificate


class MasterList(core.Sequence):
    _fields = [("version", core.Integer), ("certificates", Certificates)]


def run(*words, **more):
    return subprocess.run([str(word) for word in words], capture_output=True, **more)


def content(data):
    """The value of one BER object whose length is definite."""
    at = 2 if data[0] & 0x1f != 0x1f else 3
    first = data[at - 1]
    if first < 0x80:
        return data[at:at + first]
    count = first & 0x7f
    length = int.from_bytes(data[at:at + count], "big")
    return data[at + count:at + count + length]


class Authority(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="gateside-authority-")
        cls.root = pathlib.Path(cls.temporary.name)
        cls.country, cls.passports = cls.root / "country", cls.root / "passports"
        done = run(AUTHORITY, "--country", cls.country, "--all", cls.passports, "--today", TODAY, "--quiet")
        if done.returncode:
            raise RuntimeError(done.stderr.decode())
        done = run(AUTHORITY, "--list-variants", text=True)
        cls.verified = {}
        cls.variants = [line.split("\t") for line in done.stdout.splitlines()]

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    # -- what is asked of foreign programs

    def certificate(self, name):
        return x509.Certificate.load((self.country / "certificates" / f"{name}.der").read_bytes())

    def signed_by(self, signed, issuer, body):
        """Whether openssl finds the signature of a certificate or list right under the issuer's key."""
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            (folder / "key.der").write_bytes(issuer.public_key.dump())
            (folder / "body").write_bytes(signed[body].dump())
            (folder / "signature").write_bytes(bytes(signed["signature" if "signature" in signed else
                                                            "signature_value"].native))
            algorithm = signed["signature_algorithm"]
            options = []
            if algorithm.signature_algo == "rsassa_pss":
                options = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"]
            done = run("openssl", "dgst", "-" + algorithm.hash_algo, "-verify", folder / "key.der", "-keyform", "DER",
                       "-signature", folder / "signature", *options, folder / "body")
            return done.returncode == 0

    def cms_verifies(self, data, extra=()):
        """What openssl says of the signature alone; the chain is not its matter."""
        if (data, extra) not in self.verified:
            self.verified[data, extra] = self.ask_openssl(data, extra)
        return self.verified[data, extra]

    def ask_openssl(self, data, extra):
        with tempfile.NamedTemporaryFile() as file, tempfile.NamedTemporaryFile() as out:
            file.write(data)
            file.flush()
            done = run("openssl", "cms", "-verify", "-noverify", "-binary", "-inform", "DER", "-in", file.name,
                       "-out", out.name, *extra)
            return done.returncode == 0, pathlib.Path(out.name).read_bytes()

    def sod(self, variant):
        return content((self.passports / variant / "ef-sod.bin").read_bytes())

    def wrong_groups(self, variant):
        """Groups on the chip whose hash is not what the security object says, and groups that it does not have."""
        folder = self.passports / variant
        read, inner = self.cms_verifies(self.sod(variant))
        if not read:
            read, inner = self.cms_verifies(self.sod(variant), ("-nosigs",))
        self.assertTrue(read, variant)
        value = SecurityObject.load(inner)
        algorithm = {"1.3.14.3.2.26": "sha1", "2.16.840.1.101.3.4.2.1": "sha256", "2.16.840.1.101.3.4.2.2": "sha384",
                     "2.16.840.1.101.3.4.2.3": "sha512"}[value["digest"]["algorithm"].native]
        hashes = {group["number"].native: group["hash"].native for group in value["groups"]}
        wrong = []
        for path in folder.glob("dg*.bin"):
            number = int(path.stem[2:])
            if hashes.get(number) != hashlib.new(algorithm, path.read_bytes()).digest():
                wrong.append(number)
        return sorted(wrong)

    # -- the state

    def test_repeatable(self):
        again = self.root / "again"
        run(AUTHORITY, "--country", again, "--today", TODAY, check=True)
        for name in ("csca-1", "csca-2", "ds-rsa-2026", "ds-bp256-2026"):
            mine, other = (folder / "certificates" / f"{name}.der" for folder in (self.country, again))
            self.assertEqual(x509.Certificate.load(mine.read_bytes())["tbs_certificate"].dump(),
                             x509.Certificate.load(other.read_bytes())["tbs_certificate"].dump(), name)
        run(AUTHORITY, "--country", self.root / "other", "--today", TODAY, "--seed", "2", check=True)
        self.assertNotEqual((self.country / "certificates/csca-1.der").read_bytes(),
                            (self.root / "other/certificates/csca-1.der").read_bytes())

    def test_chain(self):
        old, new, foreign, forger = map(self.certificate, ("csca-1", "csca-2", "csca-nusquama", "csca-forger"))
        for name in ("ds-rsa", "ds-pss"):
            self.assertTrue(self.signed_by(self.certificate(f"{name}-2026"), old, "tbs_certificate"), name)
        for name in ("ds-bp256", "ds-bp384", "ds-p256", "ds-revoked", "ds-linked"):
            self.assertTrue(self.signed_by(self.certificate(f"{name}-2026"), new, "tbs_certificate"), name)
        self.assertTrue(self.signed_by(self.certificate("ds-nusquama-2026"), foreign, "tbs_certificate"))
        forged = self.certificate("ds-forged-2026")
        self.assertTrue(self.signed_by(forged, forger, "tbs_certificate"))
        self.assertFalse(self.signed_by(forged, new, "tbs_certificate"))
        self.assertEqual(forger.subject, new.subject)

    def test_link(self):
        link = self.certificate("link")
        self.assertEqual(link.public_key.dump(), self.certificate("csca-2").public_key.dump())
        self.assertTrue(self.signed_by(link, self.certificate("csca-1"), "tbs_certificate"))

    def test_openssl_verifies_where_it_can(self):
        """OpenSSL's own chain building, where no explicit parameters are in the way."""
        pem = self.root / "csca-1.pem"
        pem.write_bytes(run("openssl", "x509", "-inform", "DER", "-in", self.country / "certificates/csca-1.der").stdout)
        for name in ("ds-rsa", "ds-pss"):
            done = run("openssl", "verify", "-CAfile", pem, self.country / "certificates" / f"{name}-2026.der", text=True)
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_explicit_parameters(self):
        self.assertEqual(self.certificate("csca-2").public_key["algorithm"]["parameters"].name, "specified")
        self.assertEqual(self.certificate("ds-bp256-2026").public_key["algorithm"]["parameters"].name, "specified")
        self.assertEqual(self.certificate("ds-p256-2026").public_key["algorithm"]["parameters"].name, "named")

    def test_revocation_lists(self):
        for name, issuer in (("utopia-1", "csca-1"), ("utopia-2", "csca-2"), ("nusquama", "csca-nusquama"),
                             ("stale", "csca-2")):
            path = self.country / "lists" / f"{name}.crl"
            self.assertEqual(run("openssl", "crl", "-inform", "DER", "-in", path, "-noout").returncode, 0, name)
            parsed = crl.CertificateList.load(path.read_bytes())
            self.assertTrue(self.signed_by(parsed, self.certificate(issuer), "tbs_cert_list"), name)
        revoked = {entry["user_certificate"].native for entry in crl.CertificateList.load(
            (self.country / "lists/utopia-2.crl").read_bytes())["tbs_cert_list"]["revoked_certificates"]}
        self.assertIn(self.certificate("ds-revoked-2026").serial_number, revoked)
        self.assertNotIn(self.certificate("ds-p256-2026").serial_number, revoked)

    def test_master_lists(self):
        for name, count in (("master-list.ml", 4), ("master-list-utopia.ml", 2)):
            data = (self.country / "lists" / name).read_bytes()
            good, inner = self.cms_verifies(data)
            self.assertTrue(good, name)
            self.assertEqual(cms.ContentInfo.load(data)["content"]["encap_content_info"]["content_type"].dotted,
                             "2.23.136.1.1.2")
            self.assertEqual(len(MasterList.load(inner)["certificates"]), count)
        bare = (self.country / "lists/master-list-bare.bin").read_bytes()
        self.assertEqual(len(MasterList.load(bare)["certificates"]), 4)
        self.assertTrue(self.signed_by(self.certificate("list-signer"), self.certificate("csca-2"), "tbs_certificate"))

    def test_bundles(self):
        pem = (self.country / "lists/csca.pem").read_text()
        self.assertEqual(pem.count("BEGIN CERTIFICATE"), 4)
        self.assertEqual(run("openssl", "x509", "-in", self.country / "lists/csca.pem", "-noout").returncode, 0)
        self.assertEqual((self.country / "lists/csca.ldif").read_text().count("userCertificate;binary::"), 4)

    # -- the passports

    def test_signatures(self):
        """openssl and the variant agree whether the signature holds. It does not see a wrong contentType, and does not
        find a signer whose issuer is written in another order."""
        bad = {"bad-signature", "no-signer", "broken-sod", "unnamed-curve", "sod-name-order"}
        for variant, *_ in self.variants:
            extra = ()
            if variant == "no-certificate":
                extra = ("-certfile", self.root / "signer.pem")
                name = self.country / "certificates/ds-bp256-2021.der"
                if not name.exists():
                    name = next((self.country / "certificates").glob("ds-bp256-20*.der"))
                (self.root / "signer.pem").write_bytes(run("openssl", "x509", "-inform", "DER", "-in", name).stdout)
            good, _ = self.cms_verifies(self.sod(variant), extra)
            self.assertEqual(good, variant not in bad, variant)

    def test_wrong_content_type(self):
        info = cms.ContentInfo.load(self.sod("wrong-content-type"))["content"]
        attributes = {attribute["type"].native: attribute["values"][0].native
                      for attribute in info["signer_infos"][0]["signed_attrs"]}
        self.assertEqual(info["encap_content_info"]["content_type"].dotted, "2.23.136.1.1.1")
        self.assertEqual(attributes["content_type"], "data")

    def test_signers(self):
        def infos(variant):
            return cms.ContentInfo.load(self.sod(variant))["content"]["signer_infos"]

        self.assertEqual(len(infos("genuine")), 1)
        self.assertEqual(len(infos("two-signers")), 2)
        self.assertEqual(len(infos("no-signer")), 0)
        self.assertEqual(infos("sod-key-id")[0]["sid"].name, "subject_key_identifier")
        self.assertEqual(infos("sod-name-order")[0]["sid"].chosen["issuer"].native["country_name"], "UT")
        self.assertNotEqual(infos("sod-name-order")[0]["sid"].chosen["issuer"].dump(),
                            infos("genuine")[0]["sid"].chosen["issuer"].dump())

    def test_hashes(self):
        wrong = {"tampered-dg1": [1], "tampered-dg2": [2], "group-not-signed": [11]}
        for variant, *_ in self.variants:
            if variant in ("broken-sod", "no-signer", "no-certificate", "sod-name-order"):
                continue
            self.assertEqual(self.wrong_groups(variant), wrong.get(variant, []), variant)

    def test_labelled(self):
        """Every passport says who it is, in the MRZ of a state that does not exist."""
        for variant, result, *_ in self.variants:
            file = configparser.ConfigParser()
            file.read(self.passports / variant / "chip.ini")
            self.assertEqual(file["document"]["variant"], variant)
            self.assertEqual(file["expected"]["result"], result)
            state = "XNQ" if variant == "nusquama" else "UTO"
            self.assertEqual(file["document"]["mrz-line-1"][2:5], state)
            self.assertEqual(len(file["document"]["mrz-line-1"] + file["document"]["mrz-line-2"]), 88)
            mrz = (self.passports / variant / "dg1.bin").read_bytes()[-88:].decode()
            if variant not in ("tampered-dg1", "print-differs"):
                self.assertEqual(mrz, file["document"]["mrz-line-1"] + file["document"]["mrz-line-2"], variant)

    def test_security_infos(self):
        """openssl reads every SecurityInfos and every key in them."""
        files = [*self.passports.glob("*/dg14.bin"), *self.passports.glob("*/dg15.bin")]
        for path in {path.read_bytes(): path for path in files}.values():
            inner = content(path.read_bytes())
            done = run("openssl", "asn1parse", "-inform", "DER", input=inner)
            self.assertEqual(done.returncode, 0, path)
        for path in {path.read_bytes(): path for path in self.passports.glob("*/dg15.bin")}.values():
            done = run("openssl", "pkey", "-pubin", "-inform", "DER", "-noout", input=content(path.read_bytes()))
            self.assertEqual(done.returncode, 0, path)
        for path in self.passports.glob("*/ef-card-security.bin"):
            good, _ = self.cms_verifies(path.read_bytes())
            self.assertTrue(good, path)
            self.assertEqual(cms.ContentInfo.load(path.read_bytes())["content"]["encap_content_info"]
                             ["content_type"].dotted, "0.4.0.127.0.7.3.2.1")

    def test_clones(self):
        """The chip's key fits DG15 exactly when it is no copy."""
        for variant, clone in (("bac-aa-rsa", False), ("bac-aa-ec", False), ("cloned-aa", True), ("cloned-aa-ec", True)):
            folder = self.passports / variant
            public = run("openssl", "pkey", "-in", folder / "aa-key.pem", "-pubout", "-outform", "DER").stdout
            self.assertEqual(public != content((folder / "dg15.bin").read_bytes()), clone, variant)

    def test_pictures(self):
        starts = {"genuine": b"\xff\xd8\xff", "genuine-jp2": b"\x00\x00\x00\x0cjP  ", "genuine-j2k": b"\xff\x4f\xff\x51",
                  "genuine-39794": b"\xff\xd8\xff", "genuine-39794-j2k": b"\xff\x4f\xff\x51"}
        for variant, start in starts.items():
            data = (self.passports / variant / "dg2.bin").read_bytes()
            at = data.find(start)
            self.assertGreater(at, 0, variant)
            if "39794" in variant:
                self.assertIn(b"\x7f\x2e", data[:40])
                self.assertNotIn(b"FAC\0", data)
            else:
                self.assertEqual(data[data.find(b"FAC\0") + 4:][:4], b"010\0")

    def test_usage(self):
        self.assertEqual(run(AUTHORITY).returncode, 64)
        self.assertEqual(run(AUTHORITY, "--country", self.root / "x", "--variant", "none").returncode, 64)
        self.assertEqual(run(AUTHORITY, "--country", self.root / "x", "--mrz", "short").returncode, 64)

    def test_given_holder(self):
        mrz = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F3204159ZE184226B<<<<<10"
        folder = self.root / "given"
        run(AUTHORITY, "--country", self.country, "--passport", folder, "--today", TODAY, "--mrz", mrz, "--name",
            "ÉRIKSSON<<ÀNNA", check=True)
        self.assertIn(mrz.encode(), (folder / "dg1.bin").read_bytes())
        self.assertIn("ÉRIKSSON<<ÀNNA".encode(), (folder / "dg11.bin").read_bytes())


unittest.main(verbosity=2)
