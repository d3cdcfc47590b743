#include "model/region.h"
#include "operations/operation.h"
#include "xml/writer.h"

namespace pail::operations {

struct GetBucketLocation {
  struct Input {
    std::string region;
  };
  struct Output {
    std::string region;
  };

  static S3Result<Input> parse(const AuthorizedRequest& request) {
    return Input{request.bucket().region};
  }

  static S3Result<Output> run(OperationContext&, Input input) {
    return Output{std::move(input.region)};
  }

  static http::Response render(const Output& output) {
    http::Response response;
    response.headers.add("Content-Type", "application/xml");
    xml::XmlWriter writer(response.body);
    writer.declaration();
    if (output.region == model::kFirstRegion) {
      writer.empty_root("LocationConstraint");
    } else {
      writer.open_root("LocationConstraint");
      writer.text(output.region);
      writer.close("LocationConstraint");
    }
    return response;
  }
};
PAIL_OPERATION(GetBucketLocation);

}  // namespace pail::operations
