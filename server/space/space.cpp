#include "space/space.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "auth/authenticator.h"
#include "auth/session_tokens.h"
#include "encryption/bucket_default.h"
#include "error/try.h"
#include "journal/store_survey.h"
#include "lifecycle/bucket_rules.h"
#include "model/bucket_name.h"
#include "model/document_kind.h"
#include "operations/operation.h"
#include "random/random.h"
#include "space/directory.h"
#include "space/session_key.h"
#include "store/disk/disk_store.h"
#include "store/memory/memory_store.h"
#include "task/task.h"

namespace pail::space {
namespace {

Result<void, std::string> make_bucket(store::Store& store, const std::string& name,
                                      const Settings& settings, access::BucketDefaults defaults,
                                      time::Timestamp now) {
  if (!model::is_valid_bucket_name(name)) {
    return Unexpected{
        "cannot make bucket '" + name +
        "': a bucket name has 3 to 63 lower-case letters, digits, '.' and '-', and begins "
        "and ends with a letter or digit"};
  }
  if (store.find_bucket(name)) return {};
  model::Bucket bucket;
  bucket.name = name;
  bucket.region = settings.region;
  bucket.owner_id = settings.first_account.canonical_id;
  bucket.created = now;
  bucket.documents = access::new_bucket_documents(defaults);
  if (defaults != access::BucketDefaults::kClassic) {
    bucket.documents.emplace(model::document_kind::kEncryption, encryption::new_bucket_default());
  }
  const auto made = task::run_blocking(store.create_bucket(std::move(bucket)));
  if (!made) return Unexpected{"cannot make bucket '" + name + "': " + made.error().detail};
  return {};
}

/// What is open to everybody from the start is not blocked.
Result<void, std::string> make_buckets(store::Store& store, const Settings& settings,
                                       time::Timestamp now) {
  for (const auto& [name, access] : settings.buckets) {
    const bool is_public = access != access::StartAccess::kPrivate &&
                           settings.bucket_defaults != access::BucketDefaults::kClassic;
    const auto defaults = is_public ? access::BucketDefaults::kPublic : settings.bucket_defaults;
    PAIL_CHECK(make_bucket(store, name, settings, defaults, now));
  }
  return {};
}

/// When repeated runs take place: 2026-01-01T00:00:00Z, and a millisecond later with each request.
constexpr time::Timestamp kRepeatedStart{std::chrono::seconds(1'767'225'600)};
constexpr std::chrono::milliseconds kRepeatedStep{1};

std::unique_ptr<random::Random> make_random(std::optional<std::uint64_t> seed) {
  if (seed) return std::make_unique<random::SeededRandom>(*seed);
  return std::make_unique<random::SystemRandom>();
}

}  // namespace

/// In the order in which they lean on each other; destroyed from the last to the first.
struct Space::Parts {
  explicit Parts(const Settings& settings_of_all)
      : clock(machine_clock, settings_of_all.seed ? std::optional(kRepeatedStart) : std::nullopt),
        random(make_random(settings_of_all.seed)),
        background_random(make_random(settings_of_all.seed)),
        repeats(settings_of_all.seed.has_value()),
        settings(settings_of_all) {}

  time::SystemClock machine_clock;
  time::AdjustableClock clock;
  std::unique_ptr<random::Random> random;
  /// What runs in the background draws from its own, so that it does not change what requests draw.
  std::unique_ptr<random::Random> background_random;
  const bool repeats;
  const Settings& settings;
  /// How long rules hold is counted on the machine's clock, whatever the space's was set to.
  fault::FaultBook faults{machine_clock};
  std::optional<journal::Journal> journal;
  std::unique_ptr<store::Store> store;
  std::optional<auth::Authenticator> authenticator;
  std::optional<access::Authorizer> authorizer;
  std::shared_ptr<const lifecycle::BucketRules> lifecycle_rules;
  std::optional<lifecycle::Worker> lifecycle;
  std::optional<service::Service> service;

  Result<void, std::string> open_store(const std::optional<std::filesystem::path>& directory) {
    if (!directory) {
      store = store::make_memory_store();
      return {};
    }
    PAIL_TRY(store, store::open_disk_store({*directory, settings.durability}, clock, *random));
    return {};
  }

  /// Tells the journal first, so that who is told has it there already.
  service::RequestObserver observer() {
    if (settings.journal_entries == 0) return settings.observer;
    journal.emplace(journal::Limits{.entries_most = settings.journal_entries});
    return [&kept = *journal, then = settings.observer](const RequestRecord& record) {
      kept.append(record);
      if (then) then(record);
    };
  }

  /// The store holds the lock of its directory by now.
  Result<void, std::string> assemble(std::string_view name,
                                     const std::optional<std::filesystem::path>& directory) {
    const bool is_home = name == kDefaultName;
    PAIL_TRY(auto policies, access::SenderPolicyBook::read(settings.directory));
    PAIL_TRY(const auto session_key, open_session_key(directory, *random));
    const auto sessions = std::make_shared<const auth::SessionTokens>(session_key);
    authenticator.emplace(is_home ? settings.credentials : settings.credentials.in_space(name),
                          authenticator_options(settings, sessions), clock);
    authorizer.emplace(*store, settings.directory, std::move(policies), settings.buckets);
    lifecycle_rules = std::make_shared<const lifecycle::BucketRules>(
        lifecycle::Day{std::max(settings.lifecycle_day, std::chrono::milliseconds(1))});
    lifecycle.emplace(*store, *lifecycle_rules, clock, *background_random, settings.lifecycle);
    operations::OperationContext context{*store,  *authorizer,     settings.directory, clock,
                                         *random, settings.region, settings.names};
    context.bucket_defaults = settings.bucket_defaults;
    context.lifecycle = lifecycle_rules;
    context.sessions = sessions;
    context.takes_customer_keys_over_http = settings.takes_customer_keys_over_http;
    context.digest_threads = settings.digest_threads;
    if (!is_home) context.key_suffix = "." + std::string(name);
    auto told = observer();
    service.emplace(std::move(context), *authenticator, std::move(told),
                    journal ? service::RecordDetail::kAll : settings.detail, &faults);
    return {};
  }
};

Result<std::unique_ptr<Space>, std::string> Space::open(std::string name,
                                                        const Settings& settings) {
  auto parts = std::make_unique<Parts>(settings);
  const auto directory = directory_of(name, settings.data_directory);
  PAIL_CHECK(parts->open_store(directory));
  PAIL_CHECK(make_buckets(*parts->store, settings, parts->clock.now()));
  PAIL_CHECK(parts->assemble(name, directory));
  return std::unique_ptr<Space>(new Space(std::move(name), std::move(parts)));
}

Space::Space(std::string name, std::unique_ptr<Parts> parts)
    : name_(std::move(name)), parts_(std::move(parts)) {}

Space::~Space() = default;

void Space::begin_request() {
  if (parts_->repeats) parts_->clock.advance(kRepeatedStep);
}

service::Service& Space::service() { return *parts_->service; }
store::Store& Space::store() { return *parts_->store; }
time::AdjustableClock& Space::clock() { return parts_->clock; }
fault::FaultBook& Space::faults() { return parts_->faults; }
journal::Journal* Space::journal() { return parts_->journal ? &*parts_->journal : nullptr; }

Result<void, std::string> Space::begin_again() {
  const auto cleared = task::run_blocking(parts_->store->clear());
  if (!cleared) return Unexpected{"the store can not be cleared: " + cleared.error().detail};
  parts_->faults.clear();
  if (parts_->repeats) {
    parts_->clock.set(kRepeatedStart);
  } else {
    parts_->clock.reset();
  }
  PAIL_CHECK(make_buckets(*parts_->store, parts_->settings, parts_->clock.now()));
  if (parts_->journal) parts_->journal->clear();
  return {};
}

std::vector<journal::Finding> Space::lint() {
  if (!parts_->journal) return {};
  const auto entries = parts_->journal->find({});
  const auto uploads = journal::open_uploads(*parts_->store);
  const auto open = journal::public_buckets(*parts_->store, parts_->settings.buckets);
  return journal::lint({entries, uploads, open});
}

void Space::start() { parts_->lifecycle->start(); }
void Space::stop() { parts_->lifecycle->stop(); }
lifecycle::Report Space::run_lifecycle() { return parts_->lifecycle->run_due_now(); }

}  // namespace pail::space
