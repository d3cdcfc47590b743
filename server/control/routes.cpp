#include <array>

#include "control/handlers.h"
#include "control/route.h"

namespace pail::control {
namespace {

using enum Field::Place;
using enum Field::Type;

constexpr Field kSpace{"space", kQuery, kString,
                       "the space that is meant, by its name (default: the one at home)"};

constexpr std::array kSpaceAlone = {kSpace};

constexpr std::array kClockFields = {
    kSpace,
    Field{"time", kBody, kString, "show this time, as 2026-11-24T16:00:00Z"},
    Field{"advance_s", kBody, kNumber, "move by so many seconds; negative: back"},
    Field{"speed", kBody, kNumber, "seconds that go by in one of the machine's; 0 stands still"},
    Field{"frozen", kBody, kBoolean, "true: stand still; false: go on at the usual speed"},
    Field{"settle", kBody, kBoolean,
          "answer only when the second is over, so that presigned URLs made before and after the "
          "move can be told apart (default: true)"},
};

constexpr std::array kResetFields = {
    kSpace,
    Field{"bucket", kBody, kString, "empty this bucket alone"},
};

constexpr std::array kCompareFields = {
    kSpace,
    Field{"with", kQuery, kString, "compare with this snapshot (default: with the present)"},
    Field{"limit", kQuery, kInteger, "show at most so many (default: 1000)"},
};

constexpr std::array kJournalFields = {
    kSpace,
    Field{"limit", kQuery, kInteger, "show at most so many (default: 100)"},
    Field{"newest_first", kQuery, kBoolean, "show the newest first"},
    Field{"details", kQuery, kBoolean, "show the heads of request and answer as well"},
};

constexpr std::array kWaitFields = {
    kSpace,
    Field{"count", kQuery, kInteger, "how many requests are waited for (default: 1)"},
    Field{"timeout_s", kQuery, kInteger, "for how long, at most 300 (default: 10)"},
    Field{"details", kQuery, kBoolean, "show the heads of request and answer as well"},
};

constexpr std::array kExportFields = {
    kSpace,
    Field{"format", kQuery, kString, "jsonl (default) or har"},
};

constexpr std::array kExplainFields = {
    kSpace,
    Field{"format", kQuery, kString, "json (default) or text"},
};

constexpr std::array kRoutes = {
    Route{"GET", "/health", "health", "Whether the server answers.", {}, show_health, true},
    Route{"GET",
          "/ready",
          "ready",
          "Whether everything that the server was started with is in place (else 503), and what is "
          "not as on AWS.",
          {},
          show_ready,
          true},
    Route{"GET", "/openapi.json", "describe", "This document.", {}, show_openapi},
    Route{"GET", "/clock", "showClock", "What the clock shows.", kSpaceAlone, show_clock},
    Route{"PUT", "/clock", "moveClock",
          "Sets, moves, stops or speeds up the clock, then does what lifecycle rules want by it.",
          kClockFields, move_clock},
    Route{"DELETE", "/clock", "resetClock", "The clock follows the machine's again.", kSpaceAlone,
          reset_clock},
    Route{"POST", "/lifecycle/run", "runLifecycle", "Does at once what lifecycle rules want now.",
          kSpaceAlone, run_lifecycle},
    Route{
        "POST", "/reset", "reset",
        "Begins again: with the buckets of the start and nothing in them, the machine's clock, no "
        "faults and an empty journal; or empties one bucket. Snapshots stay.",
        kResetFields, reset},
    Route{"GET", "/snapshots", "listSnapshots", "All snapshots, the oldest first.", kSpaceAlone,
          list_snapshots},
    Route{"PUT", "/snapshots/{snapshot}", "saveSnapshot",
          "Saves the state of all buckets under a name, in the place of what was saved under it.",
          kSpaceAlone, save_snapshot},
    Route{"DELETE", "/snapshots/{snapshot}", "dropSnapshot", "Forgets a snapshot.", kSpaceAlone,
          drop_snapshot},
    Route{"POST", "/snapshots/{snapshot}/restore", "restoreSnapshot",
          "All buckets are as they were then. Snapshots stay.", kSpaceAlone, restore_snapshot},
    Route{"GET", "/snapshots/{snapshot}/changes", "compareSnapshots",
          "What was added, changed and removed since.", kCompareFields, compare_snapshots},
    Route{"GET", "/faults", "listFaults",
          "The rules that spoil requests, and how often each fired.", kSpaceAlone, list_faults},
    Route{"POST", "/faults", "addFaults",
          "Adds a rule, a list of rules or {\"scenario\": NAME, \"seed\": N}; see docs/FAULTS.md.",
          kSpaceAlone, add_faults, false, true},
    Route{"DELETE", "/faults", "clearFaults", "Removes all rules.", kSpaceAlone, clear_faults},
    Route{"DELETE", "/faults/{id}", "removeFault", "Removes one rule.", kSpaceAlone, remove_fault},
    Route{"GET", "/scenarios", "listScenarios", "Ready-made lists of rules.", {}, list_scenarios},
    Route{"GET", "/journal", "showJournal",
          "The requests that match the conditions in the query; see docs/JOURNAL.md.",
          kJournalFields, show_journal, false, false, true},
    Route{"DELETE", "/journal", "clearJournal", "Forgets all requests.", kSpaceAlone,
          clear_journal},
    Route{"GET", "/journal/wait", "waitForJournal",
          "Answers once so many requests match the conditions in the query; 408 if they do not "
          "come.",
          kWaitFields, wait_for_journal, false, false, true},
    Route{"GET", "/journal/export", "exportJournal",
          "The requests that match, as JSON lines or as an HTTP archive.", kExportFields,
          export_journal, false, false, true},
    Route{"GET", "/journal/{request_id}/explain", "explainRequest",
          "What happened to a request, why, and what to do.", kExplainFields, explain_request},
    Route{"GET", "/lint", "lintRequests",
          "What of the requests so far, and of what there is, fails or costs on AWS.",
          kExplainFields, lint_requests},
    Route{"GET",
          "/spaces",
          "listSpaces",
          "All spaces and the access keys that lead to them.",
          {},
          list_spaces},
    Route{
        "PUT", "/spaces/{space}", "makeSpace", "Makes a space if it is not there.", {}, make_space},
    Route{"DELETE",
          "/spaces/{space}",
          "dropSpace",
          "Drops a space with all that is in it.",
          {},
          drop_space},
};

}  // namespace

std::span<const Route> routes() { return kRoutes; }

}  // namespace pail::control
