"""What the settings say of how the shop trades."""

from datetime import timedelta

from watchstore.domain.papers import Seller
from watchstore.domain.tax import TaxPolicy
from watchstore.domain.terms import Terms
from watchstore.entrypoints.settings import Settings
from watchstore.service_layer.answers import PaymentMethods


def terms_of(settings: Settings) -> Terms:
    hold = timedelta(minutes=settings.hold_minutes)
    return Terms(
        home=settings.home_country,
        tax=TaxPolicy(included=settings.tax_display == "inclusive"),
        hold=hold,
        longest_hold=hold * 3,
        most_held=settings.most_held,
        seller=Seller(settings.seller_name, settings.seller_address, settings.seller_tax_id),
        challenge=timedelta(minutes=settings.challenge_minutes),
    )


def methods_of(settings: Settings) -> PaymentMethods:
    if settings.stripe_secret_key:
        return PaymentMethods("stripe", settings.stripe_publishable_key)
    return PaymentMethods("test" if settings.gateway_url else "none")
