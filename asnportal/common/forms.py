"""The manners of every form: clean text, sentences people understand, nothing that reaches the database raw."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

HIDDEN = frozenset("\u00ad\u061c\u180e\u2028\u2029\ufeff") | {
    chr(code) for start, end in ((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2069)) for code in range(start, end + 1)
}
