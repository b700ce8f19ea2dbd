"""Where an HSDS service is: its locations, their addresses and what makes them usable."""

from typing import Final

from pathways.directory.fields import PROSE, Fields
from pathways.directory.hsds_words import Attributes
from pathways.directory.listing import Address, Location, LocationId
from pathways.directory.terms import AccessFeature

LONGEST_ID: Final = 100
FEATURE: Final = "access-feature"


def location(place: Fields) -> Location:
    """A location. One marked confidential keeps its area and nothing that finds it.

    What a location says of accessibility in free words stays words: "no lift" is not a lift.

    Raises:
        RecordRefused: no id; a point beyond the earth.
    """
    id = LocationId(place.needed("id", LONGEST_ID))
    point = place.point("latitude", "longitude")
    address = next((_address(one) for one in place.each("addresses")), Address())
    features = Attributes(place).words(FEATURE, AccessFeature)
    name, area = place.text("name"), place.text("area")
    if place.values.get("confidential") is True:
        area = area or address.region or address.city
        return Location(id, area=area, confidential=True, features=features)
    notes = [one.text("description", PROSE) for one in place.each("accessibility")]
    return Location(
        id,
        area=area or address.city or address.region or name,
        name=name,
        address=address if address != Address() else None,
        point=point,
        features=features,
        accessibility="\n".join(note for note in notes if note),
    )


def _address(one: Fields) -> Address:
    lines = [one.text("address_1", 140), one.text("address_2", 140)]
    return Address(
        street=", ".join(line for line in lines if line),
        city=one.text("city"),
        region=one.text("state_province") or one.text("region"),
        postal_code=one.text("postal_code", 40),
        country=one.text("country", 40),
    )
