#include "lifecycle/bucket_pass.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string_view>
#include <utility>

#include "error/try.h"
#include "model/document_kind.h"
#include "protocol/version_id.h"
#include "task/task.h"

namespace pail::lifecycle {

using store::StoreErrorKind;
using store::StoreResult;

/// A version as the cursor showed it, kept after the cursor has moved on.
struct BucketPass::Version {
  explicit Version(const model::VersionSummary& summary)
      : key(summary.key),
        version_id(summary.version_id),
        etag(summary.etag),
        storage_class(summary.storage_class),
        size_bytes(summary.size_bytes),
        last_modified(summary.last_modified),
        noncurrent_since(summary.noncurrent_since.value_or(summary.last_modified)),
        is_latest(summary.is_latest),
        is_delete_marker(summary.is_delete_marker) {}

  std::string key;
  std::string version_id;
  std::string etag;
  std::string storage_class;
  std::uint64_t size_bytes;
  time::Timestamp last_modified;
  time::Timestamp noncurrent_since;
  bool is_latest;
  bool is_delete_marker;
};

/// What a batch wants done, and which counter of the report each removal belongs to.
struct BucketPass::Todo {
  struct Move {
    std::string key;
    std::string version_id;
    store::Store::Update update;
  };
  std::vector<Move> moves;
  std::vector<store::Store::Deletion> removals;
  std::vector<std::size_t Report::*> counters;
};

namespace {

bool is_locked(const model::ObjectLock& lock, time::Timestamp now) {
  return lock.legal_hold.value_or(false) || (lock.retention && lock.retention->retain_until > now);
}

S3Error changed_meanwhile() { return S3Error(S3ErrorCode::OperationAborted); }

/// The prefixes that rules are about, without those that lie inside another.
std::vector<std::string> outer_prefixes(const Configuration& configuration) {
  std::vector<std::string> prefixes;
  for (const Rule& rule : configuration.rules) {
    if (rule.is_enabled) prefixes.push_back(rule.filter.prefix.value_or(""));
  }
  std::ranges::sort(prefixes);
  std::vector<std::string> outer;
  for (std::string& prefix : prefixes) {
    if (outer.empty() || !prefix.starts_with(outer.back())) outer.push_back(std::move(prefix));
  }
  return outer;
}

bool asks_for_tags(const Configuration& configuration) {
  return std::ranges::any_of(configuration.rules, [](const Rule& rule) {
    return rule.is_enabled && !rule.filter.tags.empty();
  });
}

bool aborts_uploads(const Configuration& configuration) {
  return std::ranges::any_of(configuration.rules, [](const Rule& rule) {
    return rule.is_enabled && rule.abort_upload_after_days.has_value();
  });
}

/// Whether there is anything but uploads that the rules are about.
bool looks_at_versions(const Configuration& configuration) {
  return std::ranges::any_of(configuration.rules, [](const Rule& rule) {
    return rule.is_enabled && (rule.expiration || rule.noncurrent_expiration ||
                               !rule.transitions.empty() || !rule.noncurrent_transitions.empty());
  });
}

bool keeps_versions(const model::Bucket& bucket) {
  return bucket.documents.contains(model::document_kind::kVersioning);
}

bool is_suspended(const model::Bucket& bucket) {
  const auto state = bucket.documents.find(model::document_kind::kVersioning);
  return state != bucket.documents.end() && state->second == "Suspended";
}

/// What a version has to be still when the change comes to it.
struct Identity {
  std::string version_id;
  std::string etag;
  time::Timestamp last_modified;
  std::optional<std::vector<model::NamedValue>> tags;  // if they were looked at

  [[nodiscard]] bool is_still(const model::ObjectVersion& version) const {
    return version.version_id == version_id && version.etag == etag &&
           version.last_modified == last_modified && (!tags || *tags == version.attributes.tags);
  }
};

store::Guard removal_guard(Identity identity, bool checks_lock, time::Timestamp now) {
  return [identity = std::move(identity), checks_lock,
          now](const model::ObjectVersion* current) -> std::optional<S3Error> {
    if (current == nullptr || !identity.is_still(*current)) return changed_meanwhile();
    if (checks_lock && is_locked(current->attributes.lock, now)) {
      return S3Error(S3ErrorCode::AccessDenied);
    }
    return std::nullopt;
  };
}

store::Store::Update move_to(Identity identity, std::string storage_class) {
  return [identity = std::move(identity), storage_class = std::move(storage_class)](
             model::ObjectVersion& version) -> std::optional<S3Error> {
    if (!identity.is_still(version)) return changed_meanwhile();
    version.attributes.storage_class = storage_class;
    return std::nullopt;
  };
}

/// What is gone or has changed by itself is nobody's failure.
bool is_refusal(StoreErrorKind kind) {
  return kind == StoreErrorKind::kRefused || kind == StoreErrorKind::kNoSuchObject ||
         kind == StoreErrorKind::kNoSuchVersion || kind == StoreErrorKind::kNoSuchUpload;
}

}  // namespace

BucketPass::BucketPass(PassContext& context, std::shared_ptr<const model::Bucket> bucket,
                       std::shared_ptr<const Configuration> configuration, Report& report)
    : context_(context),
      bucket_(std::move(bucket)),
      configuration_(std::move(configuration)),
      report_(report) {}

StoreResult<bool> BucketPass::run() {
  if (looks_at_versions(*configuration_)) {
    for (const std::string& prefix : outer_prefixes(*configuration_)) {
      PAIL_TRY(const bool is_done, walk_versions(prefix));
      if (!is_done) return false;
    }
  }
  return aborts_uploads(*configuration_) ? walk_uploads() : StoreResult<bool>(true);
}

StoreResult<bool> BucketPass::walk_versions(const std::string& prefix) {
  last_key_.clear();
  last_version_id_.clear();
  while (true) {
    PAIL_TRY(const auto batch, read_batch(prefix));
    const std::size_t count = std::min(batch.size(), context_.batch);
    if (count == 0) return true;
    PAIL_CHECK(handle_batch(batch, count));
    last_key_ = batch[count - 1].key;
    last_version_id_ = batch[count - 1].version_id;
    if (batch.size() == count) return true;
    if (!context_.go_on()) return false;
  }
}

/// One version more than a batch, so that the last one can be told whether it is alone.
StoreResult<std::vector<BucketPass::Version>> BucketPass::read_batch(const std::string& prefix) {
  std::vector<Version> batch;
  const auto cursor = context_.store.scan_versions(bucket_->id);
  auto found = last_version_id_.empty() ? cursor->seek(prefix, false)
                                        : cursor->seek_after(last_key_, last_version_id_);
  while (found && *found && (*found)->key.starts_with(prefix)) {
    batch.emplace_back(**found);
    if (batch.size() > context_.batch) break;
    found = cursor->next();
  }
  if (!found) return Unexpected{std::move(found).error()};
  return batch;
}

StoreResult<void> BucketPass::handle_batch(const std::vector<Version>& batch, std::size_t count) {
  Todo todo;
  for (std::size_t i = 0; i < count; ++i) {
    const Version& version = batch[i];
    if (version.is_latest) noncurrent_seen_ = 0;
    const bool is_alone =
        version.is_latest && (i + 1 == batch.size() || batch[i + 1].key != version.key);
    PAIL_CHECK(judge(version, is_alone, todo));
    if (!version.is_latest) ++noncurrent_seen_;
  }
  report_.looked_at += count;
  return carry_out(std::move(todo));
}

/// Tags are not in the summary, so they are fetched only where they could make a difference.
StoreResult<void> BucketPass::judge(const Version& version, bool is_alone, Todo& todo) {
  Subject subject{.key = version.key,
                  .size_bytes = version.size_bytes,
                  .storage_class = version.storage_class,
                  .last_modified = version.last_modified,
                  .is_latest = version.is_latest,
                  .is_delete_marker = version.is_delete_marker,
                  .is_alone = is_alone,
                  .noncurrent_since = version.noncurrent_since,
                  .newer_noncurrent_versions = noncurrent_seen_};
  const time::Timestamp now = context_.clock.now();
  Due due = find_due(*configuration_, subject, now, context_.day);
  if (due.nothing()) return {};
  Identity identity{version.version_id, version.etag, version.last_modified, std::nullopt};
  if (asks_for_tags(*configuration_)) {
    auto found = context_.store.find_object(bucket_->id, version.key, version.version_id,
                                            store::Read::kVersionOnly);
    if (!found && is_refusal(found.error().kind)) return {};
    if (!found) return Unexpected{std::move(found).error()};
    identity.tags = std::move(found->version.attributes.tags);
    subject.tags = &*identity.tags;
    due = find_due(*configuration_, subject, now, context_.day);
  }
  const bool leaves_no_version = due.removal == Removal::kRemove ||
                                 (due.removal == Removal::kExpire && !keeps_versions(*bucket_));
  if (!due.storage_class.empty() && !leaves_no_version) {
    todo.moves.push_back(
        {version.key, version.version_id, move_to(identity, std::move(due.storage_class))});
  }
  if (due.removal == Removal::kNone) return {};
  // A delete marker hides a locked version and leaves it whole, unless it takes its place.
  const bool is_replaced = is_suspended(*bucket_) && version.version_id == model::kNullVersionId;
  add_removal(version, due,
              removal_guard(std::move(identity), leaves_no_version || is_replaced, now), todo);
  return {};
}

void BucketPass::add_removal(const Version& version, const Due& due, store::Guard guard,
                             Todo& todo) {
  store::Store::Deletion deletion{.key = version.key, .guard = std::move(guard)};
  if (due.removal == Removal::kExpire && keeps_versions(*bucket_)) {
    model::ObjectVersion marker;
    marker.key = version.key;
    marker.is_delete_marker = true;
    marker.last_modified = std::chrono::floor<std::chrono::seconds>(context_.clock.now());
    marker.owner_id = bucket_->owner_id;
    if (!is_suspended(*bucket_)) {
      marker.version_id = protocol::seal_version_id(
          random::random_token(context_.random, protocol::kVersionTokenCharacters));
    }
    deletion.marker = std::move(marker);
  } else {
    deletion.version_id = version.version_id;
  }
  todo.removals.push_back(std::move(deletion));
  todo.counters.push_back(due.removal == Removal::kExpire ? &Report::expired
                          : !version.is_latest            ? &Report::noncurrent_removed
                                                          : &Report::markers_removed);
}

StoreResult<void> BucketPass::carry_out(Todo todo) {
  for (Todo::Move& move : todo.moves) {
    const auto moved = task::run_blocking(context_.store.update_object(
        bucket_->id, std::move(move.key), std::move(move.version_id), std::move(move.update)));
    if (!moved && !is_refusal(moved.error().kind)) return Unexpected{moved.error()};
    ++(moved ? report_.transitioned : report_.refused);
  }
  if (todo.removals.empty()) return {};
  const auto removed =
      task::run_blocking(context_.store.delete_objects(bucket_->id, std::move(todo.removals)));
  for (std::size_t i = 0; i < removed.size(); ++i) {
    if (!removed[i] && !is_refusal(removed[i].error().kind)) return Unexpected{removed[i].error()};
    ++(removed[i] ? report_.*todo.counters[i] : report_.refused);
  }
  return {};
}

/// A batch ends where a key ends, because a walk over uploads is taken up again at a key.
StoreResult<bool> BucketPass::walk_uploads() {
  std::string last_key;
  bool is_first = true;
  while (true) {
    std::vector<std::string> due;
    std::size_t seen = 0;
    {
      const auto cursor = context_.store.scan_uploads(bucket_->id);
      auto found = cursor->seek(last_key, !is_first);
      while (found && *found && (seen < context_.batch || (*found)->key == last_key)) {
        const model::MultipartUpload& upload = **found;
        const auto abort = next_abort(*configuration_, upload.key, upload.initiated, context_.day);
        if (abort && abort->when <= context_.clock.now()) due.push_back(upload.upload_id);
        last_key = upload.key;
        ++seen;
        found = cursor->next();
      }
      if (!found) return Unexpected{std::move(found).error()};
    }
    is_first = false;
    PAIL_CHECK(abort_uploads(due));
    if (seen < context_.batch) return true;
    if (!context_.go_on()) return false;
  }
}

StoreResult<void> BucketPass::abort_uploads(const std::vector<std::string>& upload_ids) {
  for (const std::string& upload_id : upload_ids) {
    const auto aborted = task::run_blocking(context_.store.abort_upload(bucket_->id, upload_id));
    if (!aborted && !is_refusal(aborted.error().kind)) return Unexpected{aborted.error()};
    ++(aborted ? report_.uploads_aborted : report_.refused);
  }
  return {};
}

}  // namespace pail::lifecycle
