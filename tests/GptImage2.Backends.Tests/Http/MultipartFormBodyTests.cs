using GptImage2.Backends.Http;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.Tests.Http;

public sealed class MultipartFormBodyTests
{
    private const string Boundary = "edge";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_time_it_is_sent_it_is_the_same_and_as_long_as_it_says()
    {
        using var body = new MultipartFormBody([MultipartFormPart.Text("prompt", "zażółć"), File(new byte[200_000])], Boundary, static () => { });
        using MemoryStream first = new(), second = new();

        await body.CopyToAsync(first, Cancellation);
        await body.CopyToAsync(second, Cancellation);

        second.ToArray().ShouldBe(first.ToArray());
        body.Headers.ContentLength.ShouldBe(first.Length);
    }

    [Fact]
    public void Large_files_take_no_memory()
    {
        using var body = new MultipartFormBody([.. Enumerable.Repeat(File(new byte[32 << 20]), 4)], Boundary, static () => { });
        var before = GC.GetAllocatedBytesForCurrentThread();

        // Neither end of this waits, so all is allocated on this thread.
        body.CopyToAsync(Stream.Null, Cancellation).IsCompletedSuccessfully.ShouldBeTrue();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(512 * 1024);
    }

    [Theory]
    [InlineData(0, true, false)]
    [InlineData(50_000, true, false)]
    [InlineData(-1, true, true)]
    [InlineData(null, true, true)]
    public async Task It_has_left_once_its_last_line_may_have(int? breaksAfter, bool begun, bool sent)
    {
        var left = false;
        using var body = new MultipartFormBody([File(new byte[200_000])], Boundary, () => left = true);
        using var connection = new BreakingStream(breaksAfter switch
        {
            null => long.MaxValue,
            -1 => body.Headers.ContentLength!.Value - 1,
            var bytes => bytes.Value,
        });

        var copied = await Record.ExceptionAsync(() => body.CopyToAsync(connection, Cancellation));

        (copied is null).ShouldBe(breaksAfter is null);
        (body.HasStarted, body.IsSent, left).ShouldBe((begun, sent, sent));
    }

    [Fact]
    public void No_two_boundaries_are_alike() => MultipartFormBody.NewBoundary().ShouldNotBe(MultipartFormBody.NewBoundary());

    private static MultipartFormPart File(byte[] content) => MultipartFormPart.File("image[]", "a.png", "image/png", EncodedImage.FromMemory(content), "image");

    /// <summary>Takes so many bytes and then breaks.</summary>
    private sealed class BreakingStream(long limit) : MemoryStream
    {
        private long _taken;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _taken += buffer.Length;
            return _taken <= limit ? ValueTask.CompletedTask : throw new IOException("Broken pipe.");
        }
    }
}
