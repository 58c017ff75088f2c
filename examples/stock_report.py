"""A stock report from a live shop's database, as CSV on standard output.

python examples/stock_report.py postgresql+psycopg2://user:password@host/watchstore
"""

import csv
import sys

from watchstore.entrypoints.library import open_shop

with open_shop(sys.argv[1]) as shop:
    report = csv.writer(sys.stdout)
    report.writerow(("brand", "reference", "condition", "price", "free", "held", "sold"))
    for row in shop.office.stock():
        price = f"{row.amount} {row.currency} (minor units)"
        report.writerow(
            (row.brand, row.reference, row.condition, price, row.free, row.held, row.sold)
        )
