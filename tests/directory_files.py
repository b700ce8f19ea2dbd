"""Directory files as tests need them: a made-up one in each format, and the published ones."""

import json
import os
from pathlib import Path
from typing import Any, Final

import pytest

from pathways.directory.gathering import Gathered, gather
from pathways.directory.importing import ImportOutcome, import_path
from pathways.directory.reading import records
from tests.world import World

PUBLISHED: Final = Path(
    os.environ.get("LINDEN_SHARED_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data"
)
JORDAN: Final = PUBLISHED / "directory" / "jordan-services-advisor-2015" / "services_en.geojson"
HARVEST: Final = PUBLISHED / "directory" / "haarrrvest-food-first-300" / "services.jsonl"
EXAMPLES: Final = PUBLISHED / "hsds" / "3.1" / "examples"

Json = dict[str, Any]


def published(path: Path) -> Path:
    """A file that lies beside the repository and not in it; skips, saying so, where it does not."""
    if not path.exists():
        pytest.skip(f"{path.name} is not beside this checkout (LINDEN_SHARED_DATA says where)")
    return path


def feature(id: int = 1, **changed: Any) -> Json:
    """A made-up Services Advisor feature; `changed` are properties."""
    said: Json = {
        "locationName": "Lower Town",
        "partnerName": "Willow Trust",
        "activity": 5606,
        "activityCategory": "PROTECTION",
        "activityName": "Protection Services",
        "startDate": "2029-01-01",
        "endDate": "2031-12-31",
        "indicators": {"Legal services": 3, "Shelter for vulnerable families": 0},
        "1. Registration Type Requirement": {"Valid UNHCR ASC and MOI card": True},
        "2. Nationality": {"Syrians only": True},
        "3. Intake Criteria": {"Woman at risk": True},
        "4. Accessibility": {"Walk-in": True},
        "5. Coverage": {"North": True},
        "6. Availability": {"Every Day": True},
        "7. Availability Day": {"Sun-Thurs": True},
        "8. Office Open at": {"8:30am": True},
        "9. Office close at": {"Close at 16:00pm": True},
        "10. Referral Method": {"IA Form": True},
        "11. Immediate Next step  response after referal": {"Follow up call": True},
        "12. Response delay after referrals": {"One week": True},
        "13. Feedback Mechanism": {"Email to refering organisation": True},
        "14. Feedback delay": {"Delay One day": True},
    }
    point = {"type": "Point", "coordinates": [35.93, 31.95]}
    return {"type": "Feature", "id": id, "properties": said | changed, "geometry": point}


def collection(*features: Any) -> bytes:
    """GeoJSON with these features, one on each line."""
    lines = ",\n".join(json.dumps(one) for one in features)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'.encode()


def hsds_service(id: str = "s-1", **changed: Any) -> Json:
    """A made-up HSDS service, nested as the API nests it."""
    said: Json = {
        "id": id,
        "name": "Law clinic",
        "status": "active",
        "description": "Legal advice for anybody.",
        "minimum_age": 18,
        "organization": {"id": "o-1", "name": "Willow Trust", "description": "A trust"},
        "phones": [{"id": "p-1", "number": "01234 5678", "extension": 9}],
        "languages": [{"id": "l-1", "code": "ara"}, {"id": "l-2", "name": "English"}],
        "schedules": [
            {
                "id": "c-1",
                "freq": "WEEKLY",
                "byday": "MO,TU",
                "opens_at": "09:00",
                "closes_at": "16:30Z",
            }
        ],
        "service_at_locations": [{"id": "a-1", "location": hsds_location()}],
    }
    return {name: value for name, value in (said | changed).items() if value is not ...}


def hsds_location(id: str = "p-1", **changed: Any) -> Json:
    """A made-up HSDS location."""
    said: Json = {
        "id": id,
        "location_type": "physical",
        "name": "Willow Hall",
        "latitude": 31.95,
        "longitude": 35.93,
        "addresses": [
            {"id": "x-1", "address_1": "12 Rose Street", "city": "Lower Town", "postal_code": "4"}
        ],
    }
    return said | changed


def as_list(*records: Json) -> bytes:
    """A plain JSON list."""
    return json.dumps(list(records), indent=1).encode()


def as_page(*records: Json) -> bytes:
    """A page of HSDS."""
    return json.dumps({"total_items": len(records), "contents": list(records)}).encode()


def as_lines(*records: Json) -> bytes:
    """JSON lines."""
    return b"".join(json.dumps(one).encode() + b"\n" for one in records)


def read(content: bytes, *, lines: bool = False) -> Gathered:
    """Everything in a file, told apart."""
    return gather(records(content, lines=lines), lambda _done: None)


def reasons(content: bytes, *, lines: bool = False) -> list[str]:
    """Why records of a file could not be taken."""
    return [held.reason for held in read(content, lines=lines).quarantined]


def bring(world: World, content: bytes | Path, *, dry_run: bool = False) -> ImportOutcome:
    """Import a file, or these bytes as one, into the world's hub."""
    path = content if isinstance(content, Path) else world.hub.settings.data / "directory.json"
    if isinstance(content, bytes):
        path.write_bytes(content)
    with world.hub.unit_of_work() as db:
        outcome = import_path(
            db, path, at=world.now, dry_run=dry_run, progress=lambda _done, _whole: None
        )
    if isinstance(content, bytes):
        path.unlink()
    return outcome
