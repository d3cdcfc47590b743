#pragma once

#include <string>
#include <utility>

#include "control/call.h"
#include "control/powers.h"
#include "task/task.h"

// What the routes do, one file for each matter.
namespace pail::control {

Task<Answer<Reply>> show_health(Powers& powers, const Call& call);
Task<Answer<Reply>> show_ready(Powers& powers, const Call& call);
Task<Answer<Reply>> show_openapi(Powers& powers, const Call& call);

Task<Answer<Reply>> show_clock(Powers& powers, const Call& call);
Task<Answer<Reply>> move_clock(Powers& powers, const Call& call);
Task<Answer<Reply>> reset_clock(Powers& powers, const Call& call);
Task<Answer<Reply>> run_lifecycle(Powers& powers, const Call& call);

Task<Answer<Reply>> reset(Powers& powers, const Call& call);
Task<Answer<Reply>> list_snapshots(Powers& powers, const Call& call);
Task<Answer<Reply>> save_snapshot(Powers& powers, const Call& call);
Task<Answer<Reply>> restore_snapshot(Powers& powers, const Call& call);
Task<Answer<Reply>> drop_snapshot(Powers& powers, const Call& call);
Task<Answer<Reply>> compare_snapshots(Powers& powers, const Call& call);

Task<Answer<Reply>> list_faults(Powers& powers, const Call& call);
Task<Answer<Reply>> add_faults(Powers& powers, const Call& call);
Task<Answer<Reply>> remove_fault(Powers& powers, const Call& call);
Task<Answer<Reply>> clear_faults(Powers& powers, const Call& call);
Task<Answer<Reply>> list_scenarios(Powers& powers, const Call& call);

Task<Answer<Reply>> show_journal(Powers& powers, const Call& call);
Task<Answer<Reply>> wait_for_journal(Powers& powers, const Call& call);
Task<Answer<Reply>> export_journal(Powers& powers, const Call& call);
Task<Answer<Reply>> clear_journal(Powers& powers, const Call& call);
Task<Answer<Reply>> lint_requests(Powers& powers, const Call& call);
Task<Answer<Reply>> explain_request(Powers& powers, const Call& call);

Task<Answer<Reply>> list_spaces(Powers& powers, const Call& call);
Task<Answer<Reply>> make_space(Powers& powers, const Call& call);
Task<Answer<Reply>> drop_space(Powers& powers, const Call& call);

}  // namespace pail::control
