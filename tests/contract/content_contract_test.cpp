#include "contract/store_contract.h"

namespace pail::store {
namespace {

template <typename Fixture>
class ContentContract : public StoreContract<Fixture> {};
TYPED_TEST_SUITE(ContentContract, Stores);

constexpr std::size_t kSmall = 1000;
constexpr std::size_t kLarge = 200'000;

TYPED_TEST(ContentContract, PiecesOfAnySizeAreWrittenInOrder) {
  const auto bucket = this->make_bucket("b");
  const std::string whole = pattern(600'000);
  auto writer = this->store().begin_write();
  std::size_t at = 0;
  for (std::size_t step = 1; at < whole.size(); step = step * 3 + 1) {
    const auto piece = std::string_view(whole).substr(at, step);
    ASSERT_TRUE(writer->write(bytes_of(piece)));
    at += piece.size();
  }
  auto content = writer->finish();
  ASSERT_TRUE(content);
  EXPECT_EQ(content->size_bytes, whole.size());
  ASSERT_TRUE(this->run(this->store().put_object(bucket, this->version_of("k"), *content, {})));
  EXPECT_EQ(this->get(bucket, "k"), whole);
}

TYPED_TEST(ContentContract, WrittenContentCanBeReadBeforeItIsCommitted) {
  for (const std::size_t size : {kSmall, kLarge}) {
    EXPECT_EQ(this->read(this->write(pattern(size))), pattern(size));
  }
}

TYPED_TEST(ContentContract, SlicesAreReadAsTheyWereCut) {
  const auto bucket = this->make_bucket("b");
  this->start_upload(bucket, "k", "u");
  ASSERT_TRUE(this->put_part(bucket, "u", 1, pattern(kLarge, 1), "1"));
  ASSERT_TRUE(this->put_part(bucket, "u", 2, pattern(kSmall, 2), "2"));
  ASSERT_TRUE(this->put_part(bucket, "u", 3, pattern(kLarge, 3), "3"));
  ASSERT_TRUE(this->complete(bucket, "u", "k", {{1, "1"}, {2, "2"}, {3, "3"}}));
  const std::string whole = pattern(kLarge, 1) + pattern(kSmall, 2) + pattern(kLarge, 3);
  const auto found = this->store().find_object(bucket, "k", {}, Read::kWithContent);
  ASSERT_TRUE(found);
  for (const auto& [offset, length] :
       std::vector<std::pair<std::size_t, std::size_t>>{{0, 0},
                                                        {0, 1},
                                                        {kLarge - 1, 2},
                                                        {kLarge + 10, 20},
                                                        {5, kLarge + kSmall},
                                                        {0, whole.size()},
                                                        {whole.size() - 1, 1}}) {
    const Content slice = found->content.slice(offset, length);
    EXPECT_EQ(slice.size_bytes, length);
    EXPECT_EQ(this->read(slice), whole.substr(offset, length)) << offset << "+" << length;
  }
}

TYPED_TEST(ContentContract, CopyOutlivesItsSource) {
  const auto bucket = this->make_bucket("b");
  for (const std::size_t size : {kSmall, kLarge}) {
    ASSERT_TRUE(this->put(bucket, "source", pattern(size)));
    auto source = this->store().find_object(bucket, "source", {}, Read::kWithContent);
    ASSERT_TRUE(source);
    ASSERT_TRUE(this->run(this->store().put_object(bucket, this->version_of("copy"),
                                                   std::move(source->content), {})));
    source = Unexpected{StoreError{}};
    ASSERT_TRUE(this->remove(bucket, "source"));
    EXPECT_EQ(this->get(bucket, "copy"), pattern(size));
  }
}

TYPED_TEST(ContentContract, ObjectCanBeCopiedOntoItself) {
  const auto bucket = this->make_bucket("b");
  for (const std::size_t size : {kSmall, kLarge}) {
    ASSERT_TRUE(this->put(bucket, "k", pattern(size)));
    auto source = this->store().find_object(bucket, "k", {}, Read::kWithContent);
    ASSERT_TRUE(source);
    ASSERT_TRUE(this->run(
        this->store().put_object(bucket, this->version_of("k"), std::move(source->content), {})));
    EXPECT_EQ(this->get(bucket, "k"), pattern(size));
  }
}

TYPED_TEST(ContentContract, CopyOfAStretchOfAnObjectOutlivesIt) {
  const auto bucket = this->make_bucket("b");
  for (const std::size_t size : {kSmall, kLarge}) {
    ASSERT_TRUE(this->put(bucket, "source", pattern(size)));
    this->start_upload(bucket, "copy", "u" + std::to_string(size));
    auto source = this->store().find_object(bucket, "source", {}, Read::kWithContent);
    ASSERT_TRUE(source);
    model::UploadedPart part;
    part.number = 1;
    part.etag = "p";
    ASSERT_TRUE(this->run(this->store().put_part(bucket, "u" + std::to_string(size), part,
                                                 source->content.slice(10, 500))));
    source = Unexpected{StoreError{}};
    ASSERT_TRUE(this->remove(bucket, "source"));
    ASSERT_TRUE(this->complete(bucket, "u" + std::to_string(size), "copy", {{1, "p"}}));
    EXPECT_EQ(this->get(bucket, "copy"), pattern(size).substr(10, 500));
  }
}

// The tests below hold a Content over a change, which a reopened store cannot be asked for.

TYPED_TEST(ContentContract, HeldContentStaysReadableWhenItsObjectIsReplacedOrDeleted) {
  const auto bucket = this->make_bucket("b");
  for (const std::size_t size : {kSmall, kLarge}) {
    ASSERT_TRUE(this->put(bucket, "k", pattern(size)));
    Store& store = this->store();
    const auto held = store.find_object(bucket, "k", {}, Read::kWithContent);
    ASSERT_TRUE(held);
    ASSERT_TRUE(task::run_blocking(
        store.put_object(bucket, this->version_of("k"), this->write("new"), {})));
    EXPECT_EQ(this->read(held->content), pattern(size));
    std::vector<Store::Deletion> deletions;
    deletions.push_back({"k", {}});
    ASSERT_TRUE(task::run_blocking(store.delete_objects(bucket, std::move(deletions))).at(0));
    EXPECT_EQ(this->read(held->content), pattern(size));
  }
}

TYPED_TEST(ContentContract, HeldContentCanBeCommittedAgainAfterItsObjectIsGone) {
  const auto bucket = this->make_bucket("b");
  for (const std::size_t size : {kSmall, kLarge}) {
    ASSERT_TRUE(this->put(bucket, "k", pattern(size)));
    Store& store = this->store();
    {
      auto held = store.find_object(bucket, "k", {}, Read::kWithContent);
      ASSERT_TRUE(held);
      std::vector<Store::Deletion> deletions;
      deletions.push_back({"k", {}});
      ASSERT_TRUE(task::run_blocking(store.delete_objects(bucket, std::move(deletions))).at(0));
      ASSERT_TRUE(task::run_blocking(
          store.put_object(bucket, this->version_of("copy"), std::move(held->content), {})));
    }
    this->settle();
    EXPECT_EQ(this->get(bucket, "copy"), pattern(size));
  }
}

TYPED_TEST(ContentContract, ManySmallPartsStayReadableWhenTheirObjectGoesMeanwhile) {
  const auto bucket = this->make_bucket("b");
  this->start_upload(bucket, "k", "u");
  std::vector<Store::PartReference> references;
  std::string whole;
  for (std::uint32_t number = 1; number <= 12; ++number) {
    references.push_back({number, "p"});
    whole += pattern(16'000, number);
    ASSERT_TRUE(this->put_part(bucket, "u", number, pattern(16'000, number), "p"));
  }
  ASSERT_TRUE(this->complete(bucket, "u", "k", references));
  Store& store = this->store();
  auto held = store.find_object(bucket, "k", {}, Read::kWithContent);
  ASSERT_TRUE(held);
  std::vector<Store::Deletion> deletions;
  deletions.push_back({"k", {}});
  ASSERT_TRUE(task::run_blocking(store.delete_objects(bucket, std::move(deletions))).at(0));
  EXPECT_EQ(this->read(held->content), whole);
  ASSERT_TRUE(
      task::run_blocking(store.put_object(bucket, this->version_of("copy"), held->content, {})));
  held = Unexpected{StoreError{}};
  this->settle();
  EXPECT_EQ(this->get(bucket, "copy"), whole);
}

TYPED_TEST(ContentContract, ReadersOfAnObjectThatIsReplacedAllTheTimeSeeOneOrTheOther) {
  const auto bucket = this->make_bucket("b");
  const std::vector<std::string> bodies = {pattern(kLarge, 1), pattern(kSmall, 2),
                                           pattern(2 * kLarge, 3)};
  ASSERT_TRUE(this->put(bucket, "k", bodies[0]));
  Store& store = this->store();
  std::atomic<bool> done{false};
  std::atomic<int> wrong{0};
  std::vector<std::thread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      while (!done) {
        const auto found = this->get(bucket, "k");
        if (!found || std::find(bodies.begin(), bodies.end(), *found) == bodies.end()) ++wrong;
      }
    });
  }
  for (std::size_t i = 0; i < 300; ++i) {
    EXPECT_TRUE(task::run_blocking(
        store.put_object(bucket, this->version_of("k"), this->write(bodies[i % 3]), {})));
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace pail::store
