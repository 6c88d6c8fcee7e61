"""One place that knows how the libraries say that a file is damaged."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree import ElementTree

from python_calamine import CalamineError, PasswordError

from asnportal.common.sheets import refusals
from asnportal.common.sheets.table import Refused

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    struct.error,
    ElementTree.ParseError,
    CalamineError,
    ValueError,
    OverflowError,
    LookupError,
)


@contextmanager
def broken_unless_read() -> Iterator[None]:
    """Turn every complaint about the content of a file into a Refused."""
    try:
        yield
    except Refused:
        raise
    except PasswordError:
        raise refusals.locked() from None
    except _DAMAGE:
        raise refusals.broken() from None
    except (NotImplementedError, RuntimeError):
        # zipfile: an unknown compression, or a zip with a password.
        raise refusals.locked() from None
    except BaseException as panic:
        # A panic of the Rust reader is no Exception; every other one goes on its way.
        if type(panic).__name__ == "PanicException":
            raise refusals.broken() from None
        raise
