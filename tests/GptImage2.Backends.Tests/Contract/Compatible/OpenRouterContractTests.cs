using GptImage2.Testing.Compatible.Vendors;

namespace GptImage2.Backends.Tests.Contract.Compatible;

public sealed class OpenRouterContractTests : BackendContract<OpenRouterVendor>;
