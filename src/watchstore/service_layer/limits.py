"""How often one account or one address may try what attackers try often."""

from typing import Final

from watchstore.service_layer.ports import Limit

SIGN_IN_BY_ACCOUNT: Final = Limit("sign-in-account", 10, 600)
SIGN_IN_BY_ADDRESS: Final = Limit("sign-in-address", 50, 600)
REGISTER_BY_ADDRESS: Final = Limit("register-address", 20, 3600)
MAIL_BY_ACCOUNT: Final = Limit("mail-account", 5, 3600)
MAIL_BY_ADDRESS: Final = Limit("mail-address", 20, 3600)
EXPORT_BY_ACCOUNT: Final = Limit("export-account", 10, 3600)
TOKEN_BY_ADDRESS: Final = Limit("token-address", 30, 600)
PASSWORD_BY_ACCOUNT: Final = Limit("password-account", 10, 600)
CHECKOUT_BY_ADDRESS: Final = Limit("checkout-address", 60, 600)
PAYMENT_BY_ADDRESS: Final = Limit("payment-address", 60, 600)
VOUCHER_BY_ADDRESS: Final = Limit("voucher-address", 30, 600)
TRACK_BY_ADDRESS: Final = Limit("track-address", 20, 600)
TRACK_BY_ORDER: Final = Limit("track-order", 20, 3600)
