using GptImage2.Testing.Compatible;

namespace GptImage2.Backends.Tests.Contract;

public sealed class UnknownServerContractTests : BackendContract<UnknownServerVendor>;
