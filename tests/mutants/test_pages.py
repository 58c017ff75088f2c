"""What keeps the published pages right: each check taken away, and a test that then fails."""

import pytest
from tests.mutants.mutant import Mutant

FOLLOWING = "unit/publishing/test_following.py::"
PUBLISHER = "unit/publishing/test_publisher.py::"
QUESTIONS = "contract/test_page_questions.py::"
STORES = "contract/test_page_stores.py::"
PLANNING = "entrypoints/publishing/planning.py"
RUN = "entrypoints/publishing/publish.py"
FOLDER, BUCKET = "adapters/files/pages.py", "adapters/s3/pages.py"
OLDER = "test_an_older_page_replaces_no_newer_one"

MUTANTS = [
    Mutant(
        "two publishers at a time",
        "entrypoints/publishing/publisher.py",
        "        if turn is None:\n            return None\n",
        "        if turn is None:\n            turn = Turn(self._duties, 0)\n",
        (f"{PUBLISHER}test_only_one_publisher_works_at_a_time",),
    ),
    Mutant(
        "a turn that is never asked for again",
        "entrypoints/publishing/publisher.py",
        "            turn.keep()\n",
        "",
        (
            f"{PUBLISHER}test_a_turn_is_kept_while_there_is_work",
            f"{PUBLISHER}test_who_lost_the_turn_writes_no_more",
        ),
    ),
    Mutant(
        "a turn that is not ended",
        "entrypoints/publishing/publisher.py",
        "            turn.end()\n",
        "            pass\n",
        (f"{PUBLISHER}test_only_one_publisher_works_at_a_time",),
    ),
    Mutant(
        "an older version over a newer one in a folder",
        FOLDER,
        "if version < newest:",
        "if False:",
        (
            f"{STORES}{OLDER}[folder]",
            f"{FOLLOWING}test_a_publisher_that_is_overtaken_stops",
        ),
    ),
    Mutant(
        "looking at the version and writing as two steps",
        FOLDER,
        "                newest = int(file.read() or 0)\n",
        "                newest = int(file.read() or 0)\n"
        "                fcntl.flock(file, fcntl.LOCK_UN)\n"
        "                __import__('time').sleep(0.5 if version % 2 else 0)\n",
        (f"{STORES}test_of_two_at_once_the_newer_stays[folder]",),
    ),
    Mutant(
        "an older version over a newer one in a bucket",
        BUCKET,
        "if version < there.version:",
        "if False:",
        (f"{STORES}{OLDER}[bucket]", f"{STORES}{OLDER}[prefix]"),
    ),
    Mutant(
        "an object replaced without a condition",
        BUCKET,
        "                    **condition,\n",
        "",
        (f"{STORES}test_of_two_at_once_the_newer_stays[bucket]",),
    ),
    Mutant(
        "pages of an older catalogue are planned",
        PLANNING,
        "if told.version < notes.version:",
        "if False:",
        ("publishing/test_buckets.py::test_an_older_shop_adds_nothing_of_its_own",),
    ),
    Mutant(
        "a withdrawn watch keeps its page",
        RUN,
        "        self._writer.remove(lost)\n",
        "",
        (
            f"{FOLLOWING}test_a_withdrawn_watch_leaves_no_page_and_no_link",
            f"{FOLLOWING}test_the_last_watch_of_a_brand_takes_its_pages_along",
        ),
    ),
    Mutant(
        "neighbours keep their link to a withdrawn watch",
        PLANNING,
        "return {slug for slug, near in notes.near.items() if not lost.isdisjoint(near)}",
        "return set()",
        (
            f"{FOLLOWING}test_a_withdrawn_watch_leaves_no_page_and_no_link",
            f"{FOLLOWING}test_a_link_that_was_left_behind_goes_too",
        ),
    ),
    Mutant(
        "a landing forgets who left it",
        PLANNING,
        "        if slug in notes.cards:\n            yield from keys_of(notes.cards[slug])\n",
        "",
        (f"{FOLLOWING}test_a_watch_that_changes_leaves_its_former_landing",),
    ),
    Mutant(
        "an early end counts as all done",
        RUN,
        "self._keep(replace(self._before, files=files))",
        "self._keep(replace(self._notes(()), files=files))",
        (f"{FOLLOWING}test_a_stopped_publisher_goes_on_where_it_was",),
    ),
    Mutant(
        "an edit that names no watch",
        "adapters/postgres/edits.py",
        "SELECT edited.watch_id, edit.version FROM edited, edit",
        "SELECT edited.watch_id, edit.version FROM edited, edit WHERE false",
        (f"{QUESTIONS}test_each_edit_of_a_watch_its_offers_and_its_pieces_names_it[postgres]",),
    ),
    Mutant(
        "an edit that nobody is told of",
        "service_layer/reactions.py",
        "    events.WatchPublished: (PAGES,),\n",
        "",
        (f"{PUBLISHER}test_an_edit_wakes_the_publisher",),
    ),
    Mutant(
        "a lost lease that can be extended",
        "adapters/postgres/duties.py",
        '    duties.c.token == bindparam("of_token", type_=BigInteger),\n',
        "",
        ("contract/test_duties.py::test_a_duty_that_was_lost_or_done_is_not_kept[postgres]",),
    ),
]


@pytest.mark.parametrize("mutant", MUTANTS, ids=str)
def test_a_mutant_is_killed(must_die, mutant):
    must_die(mutant)


def test_what_kills_them_passes_without_them(must_live):
    must_live(MUTANTS)
