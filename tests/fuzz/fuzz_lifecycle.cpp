#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "lifecycle/configuration.h"
#include "lifecycle/due.h"

// A configuration that is accepted is rendered so that it is accepted again and says the same, and
// can be asked about any object without harm.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace pail;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto configuration = lifecycle::parse_configuration(text);
  if (!configuration) return 0;
  const auto again =
      lifecycle::parse_configuration(lifecycle::render_configuration(*configuration));
  if (!again || *again != *configuration) std::abort();
  const auto stored = lifecycle::from_stored(lifecycle::to_stored(*configuration));
  if (!stored || *stored != *configuration) std::abort();
  const time::Timestamp now(std::chrono::hours(24) * 20'000);
  for (const bool is_latest : {true, false}) {
    lifecycle::Subject subject;
    subject.key = "logs/a";
    subject.size_bytes = 200'000;
    subject.is_latest = is_latest;
    for (const lifecycle::Day day : {lifecycle::Day{}, lifecycle::Day{std::chrono::seconds(1)}}) {
      const auto due = lifecycle::find_due(*configuration, subject, now, day);
      if (due.removal == lifecycle::Removal::kRemove && !due.storage_class.empty()) std::abort();
      static_cast<void>(lifecycle::next_expiration(*configuration, subject, day));
      static_cast<void>(lifecycle::next_abort(*configuration, subject.key, now, day));
    }
  }
  return 0;
}
