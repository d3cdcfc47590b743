#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pail/result.h"

#include "fault/fault_book.h"
#include "journal/journal.h"
#include "journal/lint.h"
#include "lifecycle/report.h"
#include "service/service.h"
#include "space/settings.h"
#include "store/store.h"
#include "time/adjustable_clock.h"

namespace pail::space {

/// The name of the space that is there without being asked for.
inline constexpr std::string_view kDefaultName = "default";

/// A world of its own: buckets, clock, access and lifecycle that no other space sees. Thread-safe.
class Space {
 public:
  /// Opens or makes the data of the space and the buckets that it begins with. `settings` outlive
  /// the space. Fails with a
  /// sentence for people.
  static Result<std::unique_ptr<Space>, std::string> open(std::string name,
                                                          const Settings& settings);
  Space(const Space&) = delete;
  Space& operator=(const Space&) = delete;
  /// No request may be under way.
  ~Space();

  [[nodiscard]] const std::string& name() const { return name_; }
  /// To be called with each request: where everything is to repeat, time goes on by requests.
  void begin_request();
  [[nodiscard]] service::Service& service();
  [[nodiscard]] store::Store& store();
  [[nodiscard]] time::AdjustableClock& clock();
  [[nodiscard]] fault::FaultBook& faults();
  /// nullptr if none is kept.
  [[nodiscard]] journal::Journal* journal();

  /// Begins again, with the buckets of the start and nothing in them, the machine's clock, no
  /// faults and an empty journal. Snapshots stay. Fails with a sentence for people.
  Result<void, std::string> begin_again();

  /// What works here and fails or costs on AWS, by the journal and by what there is. Nothing if no
  /// journal is kept.
  [[nodiscard]] std::vector<journal::Finding> lint();

  /// Starts and ends what runs in the background.
  void start();
  void stop();
  /// Does at once what lifecycle rules want done now.
  lifecycle::Report run_lifecycle();

 private:
  struct Parts;
  Space(std::string name, std::unique_ptr<Parts> parts);

  std::string name_;
  std::unique_ptr<Parts> parts_;
};

}  // namespace pail::space
