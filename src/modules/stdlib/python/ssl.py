"""What connect_args says of TLS; nothing is connected to."""
import _support

CERT_NONE, CERT_OPTIONAL, CERT_REQUIRED = 0, 1, 2
PROTOCOL_TLS, PROTOCOL_TLS_CLIENT, PROTOCOL_TLS_SERVER, PROTOCOL_TLSv1_2 = 2, 16, 17, 5
OP_NO_SSLv2, OP_NO_SSLv3, OP_NO_TLSv1, OP_NO_TLSv1_1 = 0, 1 << 25, 1 << 26, 1 << 28


class VerifyMode:
    CERT_NONE, CERT_OPTIONAL, CERT_REQUIRED = 0, 1, 2


class Purpose:
    SERVER_AUTH, CLIENT_AUTH = "SERVER_AUTH", "CLIENT_AUTH"


class TLSVersion:
    TLSv1, TLSv1_1, TLSv1_2, TLSv1_3 = "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"
    MINIMUM_SUPPORTED = MAXIMUM_SUPPORTED = None


class SSLError(OSError):
    pass


class SSLContext:
    def __init__(self, protocol=PROTOCOL_TLS):
        self.protocol = protocol
        self.check_hostname = protocol == PROTOCOL_TLS_CLIENT
        self.verify_mode = CERT_REQUIRED if protocol == PROTOCOL_TLS_CLIENT else CERT_NONE
        self.minimum_version = None
        self.options = 0
        self._authorities = self._certificate = self._key = self._password = None

    def load_verify_locations(self, cafile=None, capath=None, cadata=None):
        if cadata is not None:
            _support.refuse("ssl: certificates that are given as data can't be handed to libpq",
                            "name their file as cafile")
        self._authorities = cafile

    def load_cert_chain(self, certfile, keyfile=None, password=None):
        self._certificate, self._key, self._password = certfile, keyfile, password

    def load_default_certs(self, purpose=Purpose.SERVER_AUTH):
        pass

    def set_ciphers(self, ciphers, /):
        pass

    def set_alpn_protocols(self, alpn_protocols):
        pass

    def _retort_options(self):
        """The same in the words of libpq."""
        mode = "require"
        if self.verify_mode != CERT_NONE:
            if self._authorities is None:
                _support.log(30, "retort", "the server's certificate is not checked: the ssl context names no cafile")
            else:
                mode = "verify-full" if self.check_hostname else "verify-ca"
        options = {"sslmode": mode, "sslrootcert": self._authorities, "sslcert": self._certificate,
                   "sslkey": self._key, "sslpassword": self._password,
                   "ssl_min_protocol_version": self.minimum_version}
        return {name: str(value) for name, value in options.items() if value is not None}


def create_default_context(purpose=Purpose.SERVER_AUTH, *, cafile=None, capath=None, cadata=None):
    context = SSLContext(PROTOCOL_TLS_CLIENT)
    if cafile is not None or cadata is not None:
        context.load_verify_locations(cafile, capath, cadata)
    return context


def _create_unverified_context(protocol=PROTOCOL_TLS_CLIENT, **settings):
    return SSLContext(PROTOCOL_TLS)


def get_default_verify_paths():
    _support.refuse("ssl.get_default_verify_paths() isn't available", "name the file")
