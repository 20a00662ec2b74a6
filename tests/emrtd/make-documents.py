#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the security objects, certificates and lists that the tests of passive authentication read.

usage: make-documents.py FOLDER STAMP

One folder a case: sod, dg1, dg2, ... as on a chip; anchors/ and crls/ as a trust store would have them. What is to come
out stands in test-passive.c. All of it is of Utopia and made anew at each build."""
import hashlib
import pathlib
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from gs_pki import *  # noqa: E402,F403

OUT = pathlib.Path(sys.argv[1])
shutil.rmtree(OUT, ignore_errors=True)
KEYS = OUT / "keys"
KEYS.mkdir(parents=True)
GROUPS = {1: dg1(), 2: tlv(0x75, b"face" * 200), 14: tlv(0x6e, b"keys")}
DS = dict(start="2020-01-01T00:00:00Z", end="2031-01-01T00:00:00Z", authority=False)


def utopia(common, country="UT"):
    return [("C", country), ("O", "Utopia"), ("CN", common)]


def case(label, security_object_file, *, anchors, crls=(), groups=None, signers=()):
    folder = OUT / label
    for name_of, entries in (("anchors", [one.der for one in [*anchors, *signers]]), ("crls", crls)):
        (folder / name_of).mkdir(parents=True)
        for number, data in enumerate(entries):
            (folder / name_of / f"{number}.der").write_bytes(data)
    (folder / "sod").write_bytes(security_object_file)
    for number, data in (GROUPS if groups is None else groups).items():
        (folder / f"dg{number}").write_bytes(data)


def make(label, kind, digest="sha256", **signer):
    key = Key(KEYS, f"csca-{label}", kind)
    csca = Authority(key, utopia(f"CSCA {label}"), digest=digest)
    ds = Authority(Key(KEYS, f"ds-{label}", kind), utopia(f"DS {label}"), issuer=csca, digest=digest, **{**DS, **signer})
    return csca, ds


for label, kind, digest in (("rsa", "rsa:2048", "sha256"), ("rsa-pss", "rsa-pss:2048", "sha256"),
                            ("p256", "ec:prime256v1", "sha256"), ("p384", "ec:secp384r1", "sha384"),
                            ("p521", "ec:secp521r1", "sha512"),
                            ("brainpool256", "explicit:brainpoolP256r1", "sha256"),
                            ("brainpool384", "explicit:brainpoolP384r1", "sha384"),
                            ("brainpool512", "ec:brainpoolP512r1", "sha512"),
                            ("p256-explicit", "explicit:prime256v1", "sha256")):
    authority, signer = make(label, kind, digest)
    case(f"good-{label}", sod(GROUPS, signer, digest=digest), anchors=[authority])

CSCA, SIGNER = make("main", "ec:prime256v1")
OTHER = Authority(Key(KEYS, "csca-other", "ec:prime256v1"), utopia("CSCA other"))
FOREIGN = Authority(Key(KEYS, "csca-foreign", "ec:prime256v1"), utopia("CSCA", "AT"))
GOOD = sod(GROUPS, SIGNER)


def simple(label, file, **other):
    case(label, file, **{"anchors": [CSCA], **other})


# 1 the file
simple("indefinite", sod(GROUPS, SIGNER, indefinite=True))
simple("padded", sod(GROUPS, SIGNER, padding=b"\0" * 40))
simple("garbage", b"\x77\x05hello")
simple("empty", b"")
content = security_object(GROUPS)
info = signer_info(SIGNER, content, content_type=SOD_TYPE)
simple("zero-signers", tlv(0x77, signed_data(content, [], [SIGNER])))
second = Authority(Key(KEYS, "ds-second", "ec:prime256v1"), utopia("DS second"), issuer=CSCA, **DS)
info_two = signer_info(second, content, content_type=SOD_TYPE)
simple("two-signers", tlv(0x77, signed_data(content, [info, info_two], [SIGNER, second])))
bad_two = signer_info(second, content, content_type=SOD_TYPE, spoil=lambda data: data + b"x")
simple("two-signers-one-wrong", tlv(0x77, signed_data(content, [info, bad_two], [SIGNER, second])))
simple("unwrapped", signed_data(content, [info], [SIGNER]))

# 2 the signer's certificate
reordered = seq(*reversed(list(children(CSCA.subject))))
simple("reordered-issuer", sod(GROUPS, SIGNER, issuer=reordered, certificates=[SIGNER, second]))
simple("only-certificate", sod(GROUPS, SIGNER, issuer=reordered, serial=4711))
simple("by-key-id", sod(GROUPS, SIGNER, by_key_id=True))
simple("no-certificate", sod(GROUPS, SIGNER, certificates=[]))
simple("certificate-elsewhere", sod(GROUPS, SIGNER, certificates=[]), signers=[SIGNER])

# 3, 4 signature and attributes
simple("wrong-signature", sod(GROUPS, SIGNER, spoil=lambda data: data + b"x"))
simple("wrong-content", GOOD.replace(hashlib.sha256(GROUPS[2]).digest(), hashlib.sha256(b"other").digest()),
       groups={**GROUPS, 2: b"other"})
simple("no-attributes", sod(GROUPS, SIGNER, attributes=False))
flipped = bytearray(GOOD)
flipped[GOOD.index(oid(SOD_TYPE)) + 7] ^= 0x04
simple("flipped-type", bytes(flipped))
simple("swapped-type", sod(GROUPS, SIGNER, content_type=DATA_TYPE, signed_type=SOD_TYPE))
simple("id-data", sod(GROUPS, SIGNER, content_type=DATA_TYPE))
simple("other-type", sod(GROUPS, SIGNER, content_type=LIST_TYPE))

# 5 data groups
simple("version-1", sod(GROUPS, SIGNER, version=1))
simple("version-2", sod(GROUPS, SIGNER, version=2))
simple("unsorted", sod(GROUPS, SIGNER, order=[14, 1, 2]))
simple("twice", sod(GROUPS, SIGNER, order=[1, 2, 2, 14]))
simple("tampered", GOOD, groups={**GROUPS, 2: tlv(0x75, b"evil" * 200)})
simple("not-read", GOOD, groups={1: GROUPS[1]})
simple("none-read", GOOD, groups={})
simple("not-signed", GOOD, groups={**GROUPS, 11: tlv(0x6b, b"more")})
for digest in ("sha1", "sha224", "sha384", "sha512"):
    simple(f"hash-{digest}", sod(GROUPS, SIGNER, hash_digest=digest))

# 6 the chain
simple("no-anchor", GOOD, anchors=[FOREIGN])
simple("no-anchor-at-all", GOOD, anchors=[])
simple("other-anchor", GOOD, anchors=[OTHER, FOREIGN])
simple("many-anchors", GOOD, anchors=[OTHER, FOREIGN, CSCA])
wrong_id = Authority(Key(KEYS, "ds-wrong-id", "ec:prime256v1"), utopia("DS"), issuer=CSCA,
                     issuer_key_id=OTHER.key.key_id(), issuer_name=name(("C", "UT"), ("CN", "Nobody")), **DS)
simple("wrong-key-id", sod(GROUPS, wrong_id), anchors=[OTHER, CSCA])
no_id = Authority(Key(KEYS, "ds-no-id", "ec:prime256v1"), utopia("DS"), issuer=CSCA, key_id=False, **DS)
simple("no-key-id", sod(GROUPS, no_id), anchors=[OTHER, CSCA])
forged = CurveKey()
simple("unnamed-curve-signer", sod(GROUPS, Authority(forged, utopia("DS forged"), issuer=CSCA, **DS)))
unnamed = Authority(CurveKey(), utopia("CSCA main"))
simple("unnamed-curve-authority", sod(GROUPS, Authority(Key(KEYS, "ds-unnamed", "ec:prime256v1"), utopia("DS"),
                                                        issuer=unnamed, **DS)), anchors=[unnamed])
lister = Authority(Key(KEYS, "ds-lister", "ec:prime256v1"), utopia("Lister"), issuer=CSCA, purpose=LIST_PURPOSE, **DS)
simple("signed-by-list-signer", sod(GROUPS, lister))
deep = Authority(Key(KEYS, "ds-deep", "ec:prime256v1"), utopia("DS deep"), issuer=SIGNER, **DS)
simple("signed-by-signer", sod(GROUPS, deep), anchors=[CSCA, SIGNER])

# 8 time
simple("signer-expired-since", sod(GROUPS, Authority(Key(KEYS, "ds-old", "ec:prime256v1"), utopia("DS"), issuer=CSCA,
                                                     **{**DS, "end": "2024-01-01T00:00:00Z"})))
simple("signed-after-expiry", sod(GROUPS, Authority(Key(KEYS, "ds-late", "ec:prime256v1"), utopia("DS"), issuer=CSCA,
                                                    **{**DS, "end": "2020-02-01T00:00:00Z"})))
simple("signed-before-signer", sod(GROUPS, SIGNER, when="2019-12-31T23:59:59Z"))
simple("signed-in-future", sod(GROUPS, SIGNER, when="2029-01-01T00:00:00Z"))
simple("no-signing-time", sod(GROUPS, SIGNER, when=None))
usage = Authority(Key(KEYS, "ds-usage", "ec:prime256v1"), utopia("DS"), issuer=CSCA,
                  usage=("2020-01-01T00:00:00Z", "2020-04-01T00:00:00Z"), **DS)
simple("within-usage", sod(GROUPS, usage))
simple("after-usage", sod(GROUPS, usage, when="2020-05-01T00:00:00Z"))
expired = Authority(Key(KEYS, "csca-expired", "ec:prime256v1"), utopia("CSCA expired"), end="2020-02-01T00:00:00Z")
simple("authority-expired", sod(GROUPS, Authority(Key(KEYS, "ds-ex", "ec:prime256v1"), utopia("DS"), issuer=expired,
                                                  **DS)), anchors=[expired])
# The same key in a younger certificate: the one that was valid is taken.
again = Authority(expired.key, utopia("CSCA expired"), start="2020-01-15T00:00:00Z")
simple("authority-renewed", sod(GROUPS, Authority(Key(KEYS, "ds-re", "ec:prime256v1"), utopia("DS"), issuer=expired,
                                                  **DS)), anchors=[expired, again])

# 8 revocation
simple("revoked", GOOD, crls=[CSCA.revoke([1, SIGNER.serial])])
simple("authority-revoked", GOOD, crls=[CSCA.revoke([CSCA.serial])])
simple("not-revoked", GOOD, crls=[CSCA.revoke([1]), FOREIGN.revoke([SIGNER.serial])])
simple("stale-list", GOOD, crls=[CSCA.revoke([1], following="2026-10-15T00:00:00Z")])
simple("newer-list", GOOD, crls=[CSCA.revoke([1], this="2026-08-01T00:00:00Z"), CSCA.revoke([SIGNER.serial])])
impostor = Authority(Key(KEYS, "impostor", "ec:prime256v1"), utopia("CSCA main"))
# Another key of the same name has a list of the same day: neither hides the other.
namesake = Authority(Key(KEYS, "csca-namesake", "ec:prime256v1"), utopia("CSCA main"))
for label, crls in (("namesake-list", [namesake.revoke([1]), CSCA.revoke([SIGNER.serial])]),
                    ("namesake-list-revokes", [CSCA.revoke([1]), namesake.revoke([SIGNER.serial])])):
    simple(label, GOOD, crls=crls, anchors=[CSCA, namesake])
simple("forged-list", GOOD, crls=[impostor.revoke([SIGNER.serial])])
simple("other-list", GOOD, crls=[OTHER.revoke([SIGNER.serial])], anchors=[CSCA, OTHER])

# 9 weak algorithms
authority, signer = make("sha1", "rsa:2048", "sha1")
simple("weak-sha1", sod(GROUPS, signer, digest="sha1"), anchors=[authority])
simple("weak-signature", sod(GROUPS, SIGNER, digest="sha1", hash_digest="sha256"))
authority, signer = make("rsa1024", "rsa:1024")
simple("weak-rsa", sod(GROUPS, signer), anchors=[authority])
authority, signer = make("p224", "ec:secp224r1")
simple("weak-p224", sod(GROUPS, signer), anchors=[authority])

# 10 country
GERMAN = {**GROUPS, 1: dg1("D")}
simple("wrong-country", sod(GERMAN, SIGNER), groups=GERMAN)
german = Authority(Key(KEYS, "csca-de", "ec:prime256v1"), utopia("CSCA", "de"))
simple("right-country", sod(GERMAN, Authority(Key(KEYS, "ds-de", "ec:prime256v1"), utopia("DS", "DE"), issuer=german,
                                              **DS)), groups=GERMAN, anchors=[german])
STATELESS = {**GROUPS, 1: dg1("XXA")}
simple("no-country", sod(STATELESS, SIGNER), groups=STATELESS)

# 7, 11 lists and links, read by test-trust-store.c
lists = OUT / "lists"
lists.mkdir()
new = Authority(Key(KEYS, "csca-new", "ec:prime256v1"), utopia("CSCA new"), start="2024-01-01T00:00:00Z")
link = Authority(new.key, utopia("CSCA new"), issuer=CSCA, start="2024-01-01T00:00:00Z")
false_link = Authority(Key(KEYS, "csca-false", "ec:prime256v1"), utopia("CSCA false"), issuer=impostor)
list_signer = Authority(Key(KEYS, "list-signer", "ec:prime256v1"), utopia("Master list signer"), issuer=CSCA,
                        purpose=LIST_PURPOSE, **DS)
stranger = Authority(Key(KEYS, "stranger", "ec:prime256v1"), utopia("Master list signer"), issuer=impostor,
                     purpose=LIST_PURPOSE, **DS)
many = [CSCA, OTHER, FOREIGN, german]
WHEN = {"when": "2026-01-01T00:00:00Z"}
files = {
    "csca.der": CSCA.der, "csca.pem": CSCA.pem(), "new.der": new.der, "link.der": link.der, "false-link.der": false_link.der,
    "signer.der": list_signer.der, "ds.der": SIGNER.der,
    "bundle.pem": b"A bundle\n" + b"".join(one.pem() for one in many),
    "signed.ml": master_list(many, list_signer, others=[CSCA], **WHEN),
    "fewer.ml": master_list([CSCA, OTHER], list_signer, others=[CSCA], **WHEN),
    "by-document-signer.ml": master_list(many, SIGNER, others=[CSCA], **WHEN),
    "stranger.ml": master_list(many, stranger, others=[impostor], **WHEN),
    "wrong.ml": master_list(many, list_signer, others=[CSCA], spoil=lambda data: data + b"x", **WHEN),
    # The right content, signed as something else.
    "other-type.ml": signed_data(bare_list(many), [signer_info(list_signer, bare_list(many), content_type=SOD_TYPE, **WHEN)],
                                 [list_signer, CSCA]),
    "bare.ml": bare_list(many),
    "unnamed.der": unnamed.der,
    "good.crl": CSCA.revoke([1]), "newer.crl": CSCA.revoke([1, 2], this="2026-10-20T00:00:00Z"),
    "forged.crl": impostor.revoke([1]),
    "namesake.der": namesake.der, "namesake.crl": namesake.revoke([1, 2, 3]),
}
for label, data in files.items():
    (lists / label).write_bytes(data)


def ldif(entries):
    import base64
    out = ["version: 1", "# The directory, as it is published", ""]
    for number, (attribute, data) in enumerate(entries):
        out += [f"dn: cn={number},o=csca,c=UT,dc=data,dc=download,dc=pkd,dc=icao,dc=int", "objectClass: top"]
        line = f"{attribute}:: " + base64.b64encode(data).decode()
        out += [line[:76], *(" " + line[at:at + 75] for at in range(76, len(line), 75)), ""]
    return "\r\n".join(out).encode()


(lists / "directory.ldif").write_bytes(ldif([("userCertificate;binary", CSCA.der), ("pkdMasterListContent", files["signed.ml"]),
                                             ("cscaMasterListData", files["fewer.ml"]),
                                             ("certificateRevocationList;binary", files["good.crl"])]))
for label, signer in (("sod-new", Authority(Key(KEYS, "ds-new", "ec:prime256v1"), utopia("DS"), issuer=new,
                                            **{**DS, "start": "2024-06-01T00:00:00Z"})),):
    (lists / label).write_bytes(sod(GROUPS, signer, when="2024-07-01T00:00:00Z"))
(lists / "sod-old").write_bytes(GOOD)

# A security object by openssl's own writer of signed data; its signing time is now.
pem = OUT / "by-openssl.pem"
long_lived = Authority(Key(KEYS, "ds-long", "ec:prime256v1"), utopia("DS"), issuer=CSCA,
                       **{**DS, "end": "2049-01-01T00:00:00Z"})
pem.write_bytes(long_lived.pem())
(OUT / "content").write_bytes(security_object(GROUPS))
message = openssl("cms", "-sign", "-binary", "-nodetach", "-in", OUT / "content", "-signer", pem, "-inkey",
                  long_lived.key.path, "-outform", "DER", "-econtent_type", SOD_TYPE, "-nosmimecap", "-md", "sha256")
simple("by-openssl", tlv(0x77, message), anchors=[Authority(CSCA.key, utopia("CSCA main"), end="2049-06-01T00:00:00Z")])
# And the other way: what is written here by hand, openssl takes too.
(OUT / "check.der").write_bytes(signed_data(content, [info], [SIGNER]))
(OUT / "ca.pem").write_bytes(CSCA.pem())
openssl("cms", "-verify", "-inform", "DER", "-in", OUT / "check.der", "-binary", "-purpose", "any", "-CAfile", OUT / "ca.pem",
        "-attime", "1600000000", "-out", "/dev/null")
pathlib.Path(sys.argv[2]).write_text("made\n")
