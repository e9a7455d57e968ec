using GptImage2.Generation.Errors;
using GptImage2.Generation.Inputs;

namespace GptImage2.Testing.Rendering;

/// <summary>An internet that has nothing, and remembers what it was asked for.</summary>
public sealed class FakeRemoteImageFetcher : IRemoteImageFetcher
{
    public List<Uri> RequestedAddresses { get; } = [];

    public byte[]? Response { get; set; }

    public Task<ReadOnlyMemory<byte>> FetchAsync(Uri address, CancellationToken cancellationToken)
    {
        RequestedAddresses.Add(address);
        return Response is { } bytes
            ? Task.FromResult<ReadOnlyMemory<byte>>(bytes)
            : throw new ImageException(new Failure { Code = FailureCode.NotFound, Message = "nothing there.", Retry = RetryAdvice.Changed });
    }
}
