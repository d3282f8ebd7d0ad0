import pytest

from parcel.services.pricing import basket_cents, price_cents, weight_cents


@pytest.mark.parametrize(("grams", "cents"), [(1, 0), (1_000, 0), (1_001, 60), (31_500, 1_150)])
def test_weight_goes_by_steps(grams, cents):
    assert weight_cents(grams) == cents


def test_freight_is_refused():
    with pytest.raises(ValueError):
        weight_cents(31_501)


def test_levels_multiply_the_whole_price():
    plain = price_cents(500, 250_000, "land")
    assert plain == 390 + 0 + 30 + 80
    assert price_cents(500, 250_000, "land", "express") == round(plain * 1.8)


def test_later_parcels_of_a_basket_are_cheaper():
    one = price_cents(500, 0, "city")
    assert basket_cents([500, 500], 0, "city") == round(one * 1.6)
