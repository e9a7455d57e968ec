using GptImage2.Generation.Failures;
using GptImage2.Generation.References;

namespace GptImage2.Generation.Tests.References;

/// <summary>An internet that has nothing, and remembers what it was asked for.</summary>
internal sealed class SilentInternet : IRemoteImages
{
    public List<Uri> Asked { get; } = [];

    public byte[]? Picture { get; set; }

    public Task<ReadOnlyMemory<byte>> FetchAsync(Uri address, CancellationToken cancellationToken)
    {
        Asked.Add(address);
        return Picture is { } bytes
            ? Task.FromResult<ReadOnlyMemory<byte>>(bytes)
            : throw new ImageException(new Failure { Code = FailureCode.NotFound, Message = "nothing there.", Retry = RetryAdvice.Changed });
    }
}
