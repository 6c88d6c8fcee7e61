"""Text pages leave compressed where no proxy does it; static files by their own storage (WhiteNoise)."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXT = ("text/", "application/json")


class TextGZipMiddleware(GZipMiddleware):
    """Django's own, for text only: a PDF or workbook does not shrink and would lose its length (no progress bar)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith(TEXT):
            return response
        return super().process_response(request, response)
