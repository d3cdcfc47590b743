#include "protocol/form_fields.h"

#include <gtest/gtest.h>

namespace pail::protocol {
namespace {

TEST(FormFields, AreFoundWhateverTheCase) {
  FormFields fields;
  fields.add("Key", "a");
  EXPECT_EQ(fields.find("kEY"), "a");
  EXPECT_FALSE(fields.contains("ke"));
  EXPECT_EQ(fields.begin()->name, "Key");
}

}  // namespace
}  // namespace pail::protocol
