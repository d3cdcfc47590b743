#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "store/disk/catalogue.h"

namespace pail::store::disk {

/// Read-only connections that wait for nobody. Thread-safe.
class ReaderPool {
 public:
  explicit ReaderPool(std::string catalogue_path) : path_(std::move(catalogue_path)) {}

  /// A connection for one caller, back in the pool when the lease goes.
  class Lease {
   public:
    Lease(ReaderPool& pool, std::unique_ptr<Catalogue> catalogue)
        : pool_(&pool), catalogue_(std::move(catalogue)) {}
    Lease(Lease&&) = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease() {
      if (catalogue_) pool_->give_back(std::move(catalogue_));
    }
    Catalogue* operator->() const { return catalogue_.get(); }
    Catalogue& operator*() const { return *catalogue_; }

   private:
    ReaderPool* pool_;
    std::unique_ptr<Catalogue> catalogue_;
  };
  /// Throws CatalogueFailure.
  Lease lease();
  /// Closes the connections that nobody uses.
  void close();

 private:
  void give_back(std::unique_ptr<Catalogue> catalogue);

  std::string path_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Catalogue>> idle_;
};

}  // namespace pail::store::disk
