"""Static files of the first run: as in production once ``prepare`` has collected them, else as they lie."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from whitenoise.storage import CompressedManifestStaticFilesStorage

OTHERS = [
    "admin"
]  # folders of static files that no page of ours loads: not worth five seconds of a first run


class CollectedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Names with a hash, compressed beside, cached for good; what was not collected keeps its plain name."""

    def stored_name(self, name: str) -> str:
        return str(self.hashed_files.get(self.hash_key(self.clean_name(name)), name))


def is_collected() -> bool:
    """Whether no source is younger than the last collection."""
    manifest = Path(settings.STATIC_ROOT) / CollectedStorage.manifest_name
    if not manifest.exists():
        return False
    made = manifest.stat().st_mtime
    sources = (storage.path(name) for finder in get_finders() for name, storage in finder.list(OTHERS))
    return all(Path(source).stat().st_mtime <= made for source in sources)
