"""Where pages find the style sheet."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Names with a digest after collectstatic, plain names before it (tests and the development server)."""

    def stored_name(self, name: str) -> str:
        return super().stored_name(name) if self.hashed_files else name
