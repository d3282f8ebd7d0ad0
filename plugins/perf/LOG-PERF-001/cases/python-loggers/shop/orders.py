import logging
import os

logger = logging.getLogger(__name__)
logger.setLevel(logging.DEBUG)  # finding: LOG-PERF-001

audit = logging.getLogger("audit")
audit.setLevel("DEBUG")  # finding: LOG-PERF-001

payments = logging.getLogger("payments")
payments.setLevel(os.environ.get("PAYMENTS_LEVEL", logging.DEBUG))  # finding: LOG-PERF-001

billing = logging.getLogger("billing")
billing.setLevel(logging.INFO)  # ok: INFO; mutate: s/INFO/DEBUG/

handler = logging.StreamHandler()
handler.setLevel(logging.DEBUG)  # ok: a handler lets through what the logger decides; mutate: s/logging.StreamHandler()/logging.getLogger("out")/
billing.addHandler(handler)

stock = logging.getLogger("stock")
stock.setLevel(os.environ.get("STOCK_LEVEL", "INFO"))  # ok: INFO unless somebody says otherwise; mutate: s/"STOCK_LEVEL", "INFO"/"STOCK_LEVEL", logging.DEBUG/
