"""Why a case is closed."""

from hub.core.words import Worded


class ClosingReason(Worded):
    """What ended the work. Source: GBV case management training, module 14, closure criteria."""

    NEEDS_MET = "needs_met", "Her needs are met"
    HER_WISH = "her_wish", "She wants to stop"
    MOVED = "moved", "She has moved away"
    UNREACHABLE = "unreachable", "She could not be reached for 30 days or more"
    TRANSFERRED = "transferred", "Another agency works with her now"
    OPENED_IN_ERROR = "opened_in_error", "It was opened by mistake"
