"""Papers as PDF."""

from watchstore.adapters.fpdf2.printer import PdfPrinter

__all__ = ["PdfPrinter"]
