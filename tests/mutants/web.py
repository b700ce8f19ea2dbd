"""Sabotages of the way in and out: routes, sessions, forms, headers, faults, sign-in."""

from typing import Final

from tests.mutants.mutant import Mutant

SERVE: Final = "hub/web/serve.py"
FIELDS: Final = "hub/web/fields.py"
HEADERS: Final = "hub/web/headers.py"
SESSIONS: Final = "hub/people/sessions.py"
ENGINE: Final = "hub/store/engine.py"

CENSUS: Final = "tests/spec/test_route_census.py"
SIGNING_IN: Final = "tests/spec/test_signing_in.py"
STORED: Final = "tests/store/test_sessions.py"
HOSTILE: Final = "tests/edges/test_hostile_requests.py"
CRAWL: Final = "tests/spec/test_canary_crawl.py"

WEB: Final = [
    Mutant(
        "every role walks every route",
        SERVE,
        "    if not route.audience & visitor.roles:\n",
        "    if False:\n",
        f"{CENSUS}::test_each_role_walks_through_its_own_doors_and_no_others",
    ),
    Mutant(
        "a page of another role says that it is forbidden",
        SERVE,
        "    if not route.audience & visitor.roles:\n        raise NothingHere\n",
        "    if not route.audience & visitor.roles:\n        raise ForeignRequest\n",
        f"{CENSUS}::test_each_role_walks_through_its_own_doors_and_no_others",
    ),
    Mutant(
        "whoever has not signed in is let in",
        SERVE,
        "    if visitor is None:\n        raise SignInFirst\n",
        "    if visitor is None:\n        return\n",
        f"{CENSUS}::test_whoever_has_not_signed_in_is_led_to_the_door",
    ),
    Mutant(
        "another page's form is taken",
        FIELDS,
        '        if site != "same-origin":\n',
        "        if False:\n",
        f"{CENSUS}::test_a_change_asked_for_by_a_foreign_page_is_refused",
    ),
    Mutant(
        "a form without this session's token is taken",
        SERVE,
        "    if not compare_digest(sent.encode(), visitor.csrf.encode()):\n",
        "    if False:\n",
        f"{CENSUS}::test_a_change_without_this_sessions_token_is_refused",
    ),
    Mutant(
        "an absent page is answered with another status where somebody is signed in",
        SERVE,
        "return self.renderer.error(refusal, Shown(visitor, form, refusal.status))",
        "return self.renderer.error(refusal, Shown(visitor, form, 404 if asked.params else 410))",
        f"{CENSUS}::test_what_does_not_exist_answers_like_an_absent_address",
    ),
    Mutant(
        "a link on somebody else's page fills in our forms",
        SERVE,
        'typed = asked.fields if asked.method == "GET" and not asked.led_here else {}',
        'typed = asked.fields if asked.method == "GET" else {}',
        f"{HOSTILE}::test_a_strangers_link_cannot_fill_in_our_forms",
    ),
    Mutant(
        "a fault shows what was in it",
        SERVE,
        "        kind = type(fault).__name__\n",
        "        kind = repr(fault)\n",
        f"{CRAWL}::test_a_fault_on_the_way_shows_a_number_and_nothing_else "
        f"{HOSTILE}::test_a_fault_in_slow_work_is_a_page_with_a_number",
    ),
    Mutant(
        "pages are kept by the browser",
        HEADERS,
        'headers["Cache-Control"] = FOR_EVER if built else "no-store"',
        'headers["Cache-Control"] = FOR_EVER if built else "private"',
        f"{CENSUS}::test_every_answer_carries_the_headers_that_keep_it_private",
    ),
    Mutant(
        "addresses are told to other sites",
        HEADERS,
        '    "Referrer-Policy": "no-referrer",\n',
        "",
        f"{CENSUS}::test_every_answer_carries_the_headers_that_keep_it_private",
    ),
    Mutant(
        "pages can be framed by others",
        HEADERS,
        '    "X-Frame-Options": "DENY",\n',
        "",
        f"{CENSUS}::test_every_answer_carries_the_headers_that_keep_it_private",
    ),
    Mutant(
        "pages can be opened and watched by others",
        HEADERS,
        '    "Cross-Origin-Opener-Policy": "same-origin",\n',
        "",
        f"{CENSUS}::test_every_answer_carries_the_headers_that_keep_it_private",
    ),
    Mutant(
        "scripts of others run in our pages",
        "hub/web/render.py",
        "            \"default-src 'none'\",\n",
        '            "default-src *",\n',
        f"{CENSUS}::test_every_answer_carries_the_headers_that_keep_it_private",
    ),
    Mutant(
        "leaving keeps what the browser has",
        SERVE,
        """        response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'\n""",
        "",
        f"{SIGNING_IN}::test_signing_out_ends_the_session_and_clears_the_browser",
    ),
    Mutant(
        "scripts can read the session's cookie",
        SERVE,
        """            path="/",
            httponly=True,
            secure=self.hub.settings.secure,
            samesite="lax",
        )
        return response
""",
        """            path="/",
            secure=self.hub.settings.secure,
            samesite="lax",
        )
        return response
""",
        f"{SIGNING_IN}::test_over_plain_http_the_cookie_is_s_and_alone "
        f"{SIGNING_IN}::test_over_tls_the_cookie_is_bound_to_its_host",
    ),
    Mutant(
        "a session idles for twelve hours",
        SESSIONS,
        '"idle": at - IDLE',
        '"idle": at - LONGEST',
        f"{SIGNING_IN}::test_a_session_idles_out_after_a_quarter_hour",
    ),
    Mutant(
        "a session lasts for days",
        SESSIONS,
        '"oldest": at - LONGEST',
        '"oldest": at - 9 * LONGEST',
        f"{SIGNING_IN}::test_a_session_lasts_twelve_hours_at_most",
    ),
    Mutant(
        "a session that was ended opens pages",
        SESSIONS,
        "        col(SessionRow.ended_at).is_(None),\n        col(SessionRow.seen_at)",
        "        col(SessionRow.seen_at)",
        f"{SIGNING_IN}::test_signing_out_ends_the_session_and_clears_the_browser",
    ),
    Mutant(
        "a session of somebody who left opens pages",
        SESSIONS,
        "        col(PersonRow.disabled_at).is_(None),\n        col(AgencyRow",
        "        col(AgencyRow",
        STORED,
    ),
    Mutant(
        "a session at an agency that was closed opens pages",
        SESSIONS,
        "        col(AgencyRow.closed_at).is_(None),\n",
        "",
        STORED,
    ),
    Mutant(
        "the store keeps the cookie itself",
        SESSIONS,
        "    return sha256(token.encode()).hexdigest()\n",
        "    return token\n",
        f"{STORED} {SIGNING_IN}::test_only_the_hash_of_a_cookie_is_kept",
    ),
    Mutant(
        "the time of a sign-in says whether there is such an account",
        "hub/people/hashing.py",
        "    dummies = [DUMMY] * (TRIES - len(stored))\n",
        "    dummies: list[str] = []\n",
        f"{SIGNING_IN}::test_the_same_hashes_are_tried_for_known_and_unknown",
    ),
    Mutant(
        "passphrases can be tried without end",
        "hub/people/attempts.py",
        "MOST: Final = 10\n",
        "MOST: Final = 1000\n",
        f"{SIGNING_IN}::test_ten_wrong_tries_close_an_account_for_a_quarter_hour",
    ),
    Mutant(
        "the address that was tried is kept in clear",
        "hub/people/attempts.py",
        'named = mark(desk.hub.signing, "attempt", "account", account)',
        "named = account",
        f"{SIGNING_IN}::test_no_address_tried_is_anywhere_in_clear",
    ),
    Mutant(
        "a line of the log says whatever it is given",
        "hub/core/facts.py",
        "        if name not in FACTS:\n",
        "        if not name:\n",
        "tests/rules/test_door_audit.py",
    ),
    Mutant(
        "an error of the database shows the values of a row",
        ENGINE,
        """        creator=connect,
        hide_parameters=True,
""",
        """        creator=connect,
""",
        "tests/store/test_engine.py",
    ),
    Mutant(
        "the database lies on the disk in clear",
        ENGINE,
        """        raw.execute(f"PRAGMA key = \\"x'{key.hex()}'\\"")
""",
        "",
        "tests/store/test_engine.py",
    ),
]
