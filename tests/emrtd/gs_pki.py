# SPDX-License-Identifier: GPL-3.0-or-later
"""A signing authority for tests, independent of the code under test: DER written by hand, keys and signatures by the
openssl command line. Certificates, revocation lists, signed data, security objects, master lists."""
import hashlib
import secrets
import subprocess

OIDS = {
    "sha1": "1.3.14.3.2.26", "sha224": "2.16.840.1.101.3.4.2.4", "sha256": "2.16.840.1.101.3.4.2.1",
    "sha384": "2.16.840.1.101.3.4.2.2", "sha512": "2.16.840.1.101.3.4.2.3",
}
ECDSA = {"sha1": "1.2.840.10045.4.1", "sha224": "1.2.840.10045.4.3.1", "sha256": "1.2.840.10045.4.3.2",
         "sha384": "1.2.840.10045.4.3.3", "sha512": "1.2.840.10045.4.3.4"}
RSA = {"sha1": "1.2.840.113549.1.1.5", "sha224": "1.2.840.113549.1.1.14", "sha256": "1.2.840.113549.1.1.11",
       "sha384": "1.2.840.113549.1.1.12", "sha512": "1.2.840.113549.1.1.13"}
NAMES = {"C": "2.5.4.6", "O": "2.5.4.10", "OU": "2.5.4.11", "CN": "2.5.4.3", "serialNumber": "2.5.4.5"}
LIST_PURPOSE = "2.23.136.1.1.3"
SOD_TYPE, LIST_TYPE, DATA_TYPE = "2.23.136.1.1.1", "2.23.136.1.1.2", "1.2.840.113549.1.7.1"


def openssl(*arguments, data=b""):
    return subprocess.run(["openssl", *map(str, arguments)], input=data, capture_output=True, check=True,
                          timeout=60).stdout


# --- DER ------------------------------------------------------------------------------------------------------------

def tlv(tag, content):
    tag = bytes([tag]) if isinstance(tag, int) else tag
    size = len(content)
    if size < 128:
        return tag + bytes([size]) + content
    width = (size.bit_length() + 7) // 8
    return tag + bytes([0x80 | width]) + size.to_bytes(width, "big") + content


def seq(*parts):
    return tlv(0x30, b"".join(parts))


def set_of(*parts):
    return tlv(0x31, b"".join(sorted(parts)))


def integer(number):
    return tlv(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def octets(data):
    return tlv(0x04, data)


def bits(data):
    return tlv(0x03, b"\0" + data)


def oid(text):
    first, second, *rest = map(int, text.split("."))
    out = b""
    for arc in [first * 40 + second, *rest]:
        part = [arc & 0x7f]
        while arc := arc >> 7:
            part.insert(0, 0x80 | (arc & 0x7f))
        out += bytes(part)
    return tlv(0x06, out)


def printable(text):
    return tlv(0x13, text.encode())


def time(text):
    """'2020-01-02T03:04:05Z' as UTCTime or GeneralizedTime."""
    digits = text.translate(str.maketrans("", "", "-:TZ"))
    return tlv(0x17, (digits[2:] + "Z").encode()) if digits < "2050" else tlv(0x18, (digits + "Z").encode())


def general_time(text):
    return text.translate(str.maketrans("", "", "-:TZ")).encode() + b"Z"


def name(*pairs):
    return seq(*(tlv(0x31, seq(oid(NAMES[key]), printable(value) if key in ("C", "serialNumber")
                               else tlv(0x0c, value.encode()))) for key, value in pairs))


def children(data):
    """The elements of a DER element's content, as bytes each."""
    def header(at):
        size, start = data[at + 1], at + 2
        if size & 0x80:
            width = size & 0x7f
            size, start = int.from_bytes(data[start:start + width], "big"), start + width
        return start, start + size
    at, end = header(0)
    while at < end:
        _, stop = header(at)
        yield data[at:stop]
        at = stop


# --- keys -----------------------------------------------------------------------------------------------------------

class Key:
    """A private key in a file of its own. kind: rsa:2048, rsa-pss:2048, ec:NAME, explicit:NAME."""

    def __init__(self, folder, label, kind):
        self.path = folder / f"{label}.key"
        self.kind, value = kind.split(":")
        self.size = value
        if self.kind.startswith("rsa"):
            openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", f"rsa_keygen_bits:{value}", "-out", self.path)
            self.spki = openssl("pkey", "-in", self.path, "-pubout", "-outform", "DER")
        else:
            openssl("ecparam", "-name", value, "-genkey", "-noout", "-out", self.path)
            self.spki = openssl("ec", "-in", self.path, "-pubout", "-outform", "DER", "-param_enc",
                                "explicit" if self.kind == "explicit" else "named_curve")

    def key_id(self):
        return hashlib.sha1(self.spki).digest()

    def algorithm(self, digest):
        if self.kind == "rsa":
            return seq(oid(RSA[digest]), b"\x05\0")
        if self.kind == "rsa-pss":
            hashed = seq(oid(OIDS[digest]))
            return seq(oid("1.2.840.113549.1.1.10"),
                       seq(tlv(0xa0, hashed), tlv(0xa1, seq(oid("1.2.840.113549.1.1.8"), hashed)),
                           tlv(0xa2, integer(hashlib.new(digest).digest_size))))
        return seq(oid(ECDSA[digest]))

    def sign(self, data, digest="sha256"):
        options = []
        if self.kind == "rsa-pss":
            options = ["-sigopt", "rsa_padding_mode:pss", "-sigopt",
                       f"rsa_pss_saltlen:{hashlib.new(digest).digest_size}"]
        return openssl("dgst", f"-{digest}", "-sign", self.path, *options, data=data)


class CurveKey:
    """ECDSA on P-256's curve with a generator of one's own choice, as the attack of CVE-2020-0601 makes it."""
    P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffff
    B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b
    N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551
    G = (0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296,
         0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5)

    def __init__(self, generator=None):
        self.generator = generator or self.times(2, self.G)
        self.secret = secrets.randbelow(self.N - 1) + 1
        self.public = self.times(self.secret, self.generator)
        width = lambda number: number.to_bytes(32, "big")
        point = lambda pair: b"\x04" + width(pair[0]) + width(pair[1])
        self.parameters = seq(integer(1), seq(oid("1.2.840.10045.1.1"), integer(self.P)),
                              seq(octets(width(self.P - 3)), octets(width(self.B))), octets(point(self.generator)),
                              integer(self.N), integer(1))
        self.spki = seq(seq(oid("1.2.840.10045.2.1"), self.parameters), bits(point(self.public)))

    def add(self, one, two):
        if one is None or two is None:
            return one or two
        if one[0] == two[0] and (one[1] + two[1]) % self.P == 0:
            return None
        slope = (3 * one[0] ** 2 - 3) * pow(2 * one[1], -1, self.P) if one == two else \
            (two[1] - one[1]) * pow(two[0] - one[0], -1, self.P)
        x = (slope * slope - one[0] - two[0]) % self.P
        return x, (slope * (one[0] - x) - one[1]) % self.P

    def times(self, factor, point):
        total = None
        while factor:
            if factor & 1:
                total = self.add(total, point)
            point, factor = self.add(point, point), factor >> 1
        return total

    def key_id(self):
        return hashlib.sha1(self.spki).digest()

    def algorithm(self, digest):
        return seq(oid(ECDSA[digest]))

    def sign(self, data, digest="sha256"):
        hashed = int.from_bytes(hashlib.new(digest, data).digest(), "big")
        nonce = secrets.randbelow(self.N - 1) + 1
        r = self.times(nonce, self.generator)[0] % self.N
        s = pow(nonce, -1, self.N) * (hashed + r * self.secret) % self.N
        return seq(integer(r), integer(s))


# --- certificates and revocation lists -------------------------------------------------------------------------------

def extension(identifier, value, critical=False):
    return seq(oid(identifier), *([b"\x01\x01\xff"] if critical else []), octets(value))


class Authority:
    """A certificate with its key: of a signing authority, or of a signer."""

    def __init__(self, key, subject, *, issuer=None, start="2018-01-01T00:00:00Z", end="2033-01-01T00:00:00Z",
                 authority=True, digest="sha256", serial=None, key_id=True, issuer_key_id=None, usage=None,
                 issuer_name=None, purpose=None):
        self.key, self.subject, self.serial = key, name(*subject), serial or secrets.randbits(63)
        signer = issuer or self
        self.issuer_name = issuer_name or signer.subject
        extensions = []
        if authority is not None:
            extensions.append(extension("2.5.29.19", seq(b"\x01\x01\xff", integer(0)) if authority else seq(), True))
        extensions.append(extension("2.5.29.15", b"\x03\x02\x01\x06" if authority else b"\x03\x02\x07\x80", True))
        if key_id:
            extensions += [extension("2.5.29.14", octets(key.key_id())),
                           extension("2.5.29.35", seq(tlv(0x80, issuer_key_id or signer.key.key_id())))]
        if purpose:
            extensions.append(extension("2.5.29.37", seq(oid(purpose)), True))
        if usage:
            extensions.append(extension("2.5.29.16", seq(tlv(0x80, general_time(usage[0])),
                                                         tlv(0x81, general_time(usage[1])))))
        algorithm = signer.key.algorithm(digest)
        body = seq(tlv(0xa0, integer(2)), integer(self.serial), algorithm, self.issuer_name,
                   seq(time(start), time(end)), self.subject, key.spki, tlv(0xa3, seq(*extensions)))
        self.der = seq(body, algorithm, bits(signer.key.sign(body, digest)))

    def pem(self):
        return openssl("x509", "-inform", "DER", data=self.der)

    def fingerprint(self):
        return hashlib.sha256(self.der).hexdigest()

    def revoke(self, serials, *, this="2026-10-01T00:00:00Z", following="2027-01-01T00:00:00Z", digest="sha256"):
        """A revocation list in DER."""
        algorithm = self.key.algorithm(digest)
        entries = [seq(integer(serial), time("2026-09-01T00:00:00Z")) for serial in serials]
        body = seq(integer(1), algorithm, self.subject, time(this), time(following),
                   *([seq(*entries)] if entries else []),
                   tlv(0xa0, seq(extension("2.5.29.35", seq(tlv(0x80, self.key.key_id()))),
                                 extension("2.5.29.20", integer(7)))))
        return seq(body, algorithm, bits(self.key.sign(body, digest)))


# --- signed data -----------------------------------------------------------------------------------------------------

def signer_info(signer, content, *, content_type, signed_type=None, when="2020-03-01T12:00:00Z", digest="sha256",
                issuer=None, serial=None, by_key_id=False, attributes=True, spoil=None):
    """One SignerInfo. issuer, serial: what the identifier says instead; spoil: changes the signed bytes."""
    identifier = tlv(0x80, signer.key.key_id()) if by_key_id else \
        seq(issuer or signer.issuer_name, integer(serial or signer.serial))
    signed = content
    parts = [integer(3 if by_key_id else 1), identifier, seq(oid(OIDS[digest]))]
    if attributes:
        values = [seq(oid("1.2.840.113549.1.9.3"), set_of(oid(signed_type or content_type))),
                  seq(oid("1.2.840.113549.1.9.4"), set_of(octets(hashlib.new(digest, content).digest())))]
        if when:
            values.append(seq(oid("1.2.840.113549.1.9.5"), set_of(time(when))))
        signed = set_of(*values)
        parts.append(b"\xa0" + signed[1:])
    if spoil:
        signed = spoil(signed)
    return seq(*parts, signer.key.algorithm(digest), octets(signer.key.sign(signed, digest)))


def signed_data(content, infos, certificates, *, content_type=SOD_TYPE, digest="sha256", indefinite=False):
    inside = tlv(0xa0, octets(content))
    if indefinite:
        cut = len(content) // 2
        inside = b"\xa0\x80\x24\x80" + octets(content[:cut]) + octets(content[cut:]) + b"\0\0\0\0"
    parts = [integer(3), set_of(seq(oid(OIDS[digest]))), None,
             *([tlv(0xa0, b"".join(sorted(one.der for one in certificates)))] if certificates else []), set_of(*infos)]
    if indefinite:
        parts[2] = b"\x30\x80" + oid(content_type) + inside + b"\0\0"
        return (b"\x30\x80" + oid("1.2.840.113549.1.7.2") + b"\xa0\x80\x30\x80" + b"".join(parts) + b"\0\0" * 3)
    parts[2] = seq(oid(content_type), inside)
    return seq(oid("1.2.840.113549.1.7.2"), tlv(0xa0, seq(*parts)))


def security_object(groups, *, version=0, digest="sha256", order=None):
    """LDSSecurityObject. groups: number to bytes."""
    hashes = [seq(integer(number), octets(hashlib.new(digest, groups[number]).digest()))
              for number in order or sorted(groups)]
    return seq(integer(version), seq(oid(OIDS[digest])), seq(*hashes),
               *([seq(printable("0108"), printable("040000"))] if version else []))


def sod(groups, signer, *, certificates=None, version=0, digest="sha256", hash_digest=None, order=None,
        content_type=SOD_TYPE, indefinite=False, padding=b"", **info):
    """EF.SOD of one signer."""
    content = security_object(groups, version=version, digest=hash_digest or digest, order=order)
    one = signer_info(signer, content, content_type=content_type, digest=digest, **info)
    message = signed_data(content, [one], [signer] if certificates is None else certificates,
                          content_type=content_type, digest=digest, indefinite=indefinite)
    return tlv(0x77, message) + padding


def bare_list(certificates):
    return seq(integer(0), set_of(*(one.der for one in certificates)))


def master_list(certificates, signer, *, others=(), **info):
    content = bare_list(certificates)
    one = signer_info(signer, content, content_type=LIST_TYPE, **info)
    return signed_data(content, [one], [signer, *others], content_type=LIST_TYPE)


def dg1(state="UTO", number="L898902C3"):
    """A TD3 zone in its data group; the check digits do not matter here."""
    zone = f"P<{state:<<3}ERIKSSON<<ANNA<MARIA".ljust(44, "<") + f"{number}6{state:<<3}7408122F3404159".ljust(44, "<")
    return tlv(0x61, tlv(b"\x5f\x1f", zone.encode()))
