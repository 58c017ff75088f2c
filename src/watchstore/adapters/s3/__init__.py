"""The storefront in a bucket of S3, and the releases of its templates in another."""

from watchstore.adapters.s3.client import connect
from watchstore.adapters.s3.pages import S3Pages
from watchstore.adapters.s3.releases import S3Releases

__all__ = ["S3Pages", "S3Releases", "connect"]
