"""The closed lists of the directory: HSDS 3.1's own, and what it lacks, with their words.

Source of what HSDS lacks: the attributes of Jordan's Services Advisor (referral method, next step,
response delay, feedback, registration, nationality, intake criteria).
"""

from typing import Final

from hub.core.words import Worded

SERVICE_TYPE: Final = "service-type"
NATIONALITY: Final = "nationality"
"""Link types of HSDS attributes under which we say what kind a service is, and whom it takes."""


class Status(Worded):
    """HSDS service.status."""

    ACTIVE = "active", "Open"
    INACTIVE = "inactive", "Not running"
    DEFUNCT = "defunct", "Ended for good"
    CLOSED = "temporarily closed", "Closed for a while"


class Limit(Worded):
    """How a nationality limit reads its list of countries."""

    UNRECORDED = "unrecorded", "Not recorded"
    ANYONE = "anyone", "Every nationality"
    ONLY = "only", "Only these nationalities"
    EXCEPT = "except", "Every nationality except these"


class Registration(Worded):
    """Whether a person must be registered or hold papers to be taken."""

    UNRECORDED = "unrecorded", "Not recorded"
    NONE_NEEDED = "none-needed", "No papers needed"
    NEEDED = "needed", "Papers needed"


class Document(Worded):
    """A paper that a service asks to see."""

    UNHCR_CERTIFICATE = "unhcr-certificate", "UNHCR asylum seeker certificate"
    INTERIOR_CARD = "interior-ministry-card", "Interior ministry card"
    IDENTITY_PROOF = "identity-proof", "Original proof of identity"


class Gender(Worded):
    """Whom a service is for; an empty set of these means it was not recorded."""

    FEMALE = "female", "Women and girls"
    MALE = "male", "Men and boys"
    OTHER = "other", "People of another gender"


class Criterion(Worded):
    """What a service asks about before it takes a person."""

    OPEN = "open-to-all", "Open to all"
    SCORE = "vulnerability-score", "A score of how vulnerable she is"
    FAMILY = "family-unity", "Keeping a family together"
    DISABILITY = "disability", "Disability"
    CHILD_AT_RISK = "child-at-risk", "Child at risk"
    SINGLE_PARENT = "single-parent", "Single parent or caregiver"
    WOMAN_AT_RISK = "woman-at-risk", "Woman at risk"
    MEDICAL = "serious-medical-condition", "Serious medical condition"
    OLDER = "older-person-at-risk", "Older person at risk"
    UNACCOMPANIED = "unaccompanied-child", "Unaccompanied or separated child"
    SURVIVOR = "survivor-of-violence", "People who need protection"


class Arrival(Worded):
    """How a person reaches a service, or it reaches her."""

    WALK_IN = "walk-in", "Come in without an appointment"
    REFERRAL = "referral", "By referral"
    OUTREACH = "outreach", "Outreach workers"
    HOTLINE = "hotline", "Helpline"
    HOME_VISIT = "home-visit", "Home visit"


class AccessFeature(Worded):
    """What makes a place usable for those whom places often keep out."""

    STEP_FREE = "step-free", "No steps"
    TOILET = "accessible-toilet", "Accessible toilet"
    SIGN_LANGUAGE = "sign-language", "Sign language"
    HEARING_LOOP = "hearing-loop", "Hearing loop"
    EASY_READ = "easy-read", "Easy-to-read papers"
    LARGE_PRINT = "large-print-or-braille", "Large print or braille"
    INTERPRETER = "interpreter", "Interpreters"
    CHILDCARE = "childcare", "Somebody to mind the children"
    TRANSPORT = "transport", "Help with transport"
    WOMEN_STAFF = "women-staff", "Women on the staff"


class ReferralMethod(Worded):
    """How a service takes referrals."""

    HUB = "hub", "Through this hub"
    EMAIL = "email", "By e-mail, case by case"
    PHONE = "phone", "By telephone, case by case"
    FORM = "inter-agency-form", "With the inter-agency form"
    SHARED_SYSTEM = "shared-case-system", "Through the shared case system"
    NOT_NEEDED = "not-needed", "No referral is needed"
    NOT_ACCEPTED = "not-accepted", "Referrals are not accepted"


class NextStep(Worded):
    """What happens at once after a referral has been received."""

    FOLLOW_UP_CALL = "follow-up-call", "They telephone her"
    HOME_VISIT_CALL = "call-to-arrange-home-visit", "They telephone to arrange a home visit"
    CLIENT_COMES = "client-comes", "She goes to them"


class Feedback(Worded):
    """How the agency that referred hears back."""

    EMAIL = "email", "E-mail to the agency that referred"
    PHONE = "phone", "Telephone call to the agency that referred"
    ON_REQUEST = "on-request", "When the agency that referred asks"
    TRACKING_TABLE = "tracking-table", "A shared tracking table"
    SHARED_SYSTEM = "shared-case-system", "An entry in the shared case system"
    SIGNED_FORM = "signed-form", "The referral form, signed and sent back"
    WITH_CONSENT = "with-her-consent", "Only if she agrees"
    NONE = "none", "No feedback"


class CapacityBand(Worded):
    """Whether a service can take somebody: a band, never a number of beds."""

    HAS = "has", "Has room"
    WAITLIST = "waitlist", "Has a waiting list"
    FULL = "full", "Full"
    NEEDS_ASSESSMENT = "needs-assessment", "Depends on an assessment"
    UNKNOWN = "unknown", "Not known"


class Extent(Worded):
    """How far from its place a service reaches."""

    WALKING = "walking-distance", "Within walking distance"
    CITY = "city", "The city it is in"
    DISTRICT = "district", "The district it is in"
    GOVERNORATE = "governorate", "The governorate it is in"
    ADJACENT = "governorate-and-neighbours", "Its governorate and the ones beside it"
    REGION = "region", "A region"
    COUNTRY = "country", "The whole country"
    OTHER = "other", "Another area"


class Frequency(Worded):
    """HSDS schedule.freq, and the two that are no recurrence."""

    WEEKLY = "WEEKLY", "Every week"
    MONTHLY = "MONTHLY", "Every month"
    ONCE = "ONCE", "Once only"
    UNRECORDED = "", "Not recorded"


class Weekday(Worded):
    """The two-letter days of iCalendar, in the order of date.weekday()."""

    MO = "MO", "Monday"
    TU = "TU", "Tuesday"
    WE = "WE", "Wednesday"
    TH = "TH", "Thursday"
    FR = "FR", "Friday"
    SA = "SA", "Saturday"
    SU = "SU", "Sunday"
