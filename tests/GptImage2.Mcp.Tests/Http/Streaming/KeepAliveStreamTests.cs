using GptImage2.Mcp.Http.Streaming;
using GptImage2.Testing.Time;

namespace GptImage2.Mcp.Tests.Http.Streaming;

public sealed class KeepAliveStreamTests : IDisposable
{
    private const string Comment = ": waiting\n\n";

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(4);

    private readonly WatchedTimeProvider _time = new();
    private readonly MemoryStream _wire = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Sent => Encoding.UTF8.GetString(_wire.ToArray());

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    public void Dispose() => _wire.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task However_events_are_cut_into_writes_a_comment_stands_only_between_two_of_them(int seed)
    {
        var random = new Random(seed);
        var events = Enumerable.Range(0, random.Next(1, 6)).Select(number => $"event: message\ndata: {new string('x', random.Next(1, 30))}{number}\n\n").ToArray();
        await using var stream = new KeepAliveStream(_wire, () => true, _time);
        using var ended = new CancellationTokenSource();
        var comments = stream.RunAsync(First, Interval, ended.Token, CancellationToken.None);

        foreach (var chunk in Cut(string.Concat(events), random))
        {
            await PassAsync(random.Next(3));
            await stream.WriteAsync(Encoding.UTF8.GetBytes(chunk), Cancellation);
        }

        await PassAsync(2);
        await ended.CancelAsync();
        await comments.ShouldThrowAsync<OperationCanceledException>();

        Sent.Split("\n\n").Where(part => part is not "" and not ": waiting").Select(part => $"{part}\n\n").ShouldBe(events);
        Sent.ShouldEndWith(Comment);
    }

    [Fact]
    public async Task A_silent_stream_speaks_within_a_second_and_then_before_five_have_passed()
    {
        await using var stream = new KeepAliveStream(_wire, () => true, _time);
        using var ended = new CancellationTokenSource();
        var comments = stream.RunAsync(First, Interval, ended.Token, CancellationToken.None);

        _time.Advance(First - TimeSpan.FromMilliseconds(1));
        Sent.ShouldBeEmpty();
        await PassAsync(1);
        Sent.ShouldBe(Comment);
        for (var number = 2; number < 6; number++)
        {
            await PassAsync(1);
            Sent.ShouldBe(string.Concat(Enumerable.Repeat(Comment, number)));
        }

        _time.GetUtcNow().Second.ShouldBeLessThan(5 * 4);
        await ended.CancelAsync();
        await comments.ShouldThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task An_event_postpones_the_next_comment_and_no_silence_is_longer_than_the_interval()
    {
        await using var stream = new KeepAliveStream(_wire, () => true, _time);
        using var ended = new CancellationTokenSource();
        var comments = stream.RunAsync(First, Interval, ended.Token, CancellationToken.None);
        await PassAsync(1);
        var begun = Sent;

        _time.Advance(TimeSpan.FromSeconds(2.5));
        await stream.WriteAsync("data: 1\n\n"u8.ToArray(), Cancellation);
        await PassAsync(1);
        Sent.ShouldBe($"{begun}data: 1\n\n", "the comment that was due is not");
        (await _time.TimerWithinAsync(Interval)).ShouldBe(TimeSpan.FromSeconds(2.5), "and is due one interval after the event");
        await PassAsync(1);
        Sent.ShouldBe($"{begun}data: 1\n\n{Comment}");

        await ended.CancelAsync();
        await comments.ShouldThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Other_responses_pass_unchanged_and_one_that_becomes_a_stream_late_is_not_left_silent()
    {
        var isEventStream = false;
        await using var stream = new KeepAliveStream(_wire, () => isEventStream, _time);
        using var ended = new CancellationTokenSource();
        var comments = stream.RunAsync(First, Interval, ended.Token, CancellationToken.None);

        await PassAsync(5);
        Sent.ShouldBeEmpty();
        isEventStream = true;
        _time.Advance(First);
        await _time.TimerWithinAsync(Interval);
        Sent.ShouldBe(Comment);
        await ended.CancelAsync();
        await comments.ShouldThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task The_end_of_a_call_waits_for_the_comment_that_is_being_sent_and_never_cancels_it()
    {
        var wire = new GatedStream();
        await using var stream = new KeepAliveStream(wire, () => true, _time);
        using var ended = new CancellationTokenSource();
        var comments = stream.RunAsync(First, Interval, ended.Token, CancellationToken.None);

        _time.Advance(First);
        await wire.Writing.Task.WaitAsync(Cancellation);
        await ended.CancelAsync();
        comments.IsCompleted.ShouldBeFalse();
        wire.Gate.SetResult();
        await comments;

        Encoding.UTF8.GetString(wire.ToArray()).ShouldBe(Comment);
    }

    /// <summary>Lets the clock run until whoever waits has waited so many times.</summary>
    private async Task PassAsync(int times)
    {
        for (var number = 0; number < times; number++)
        {
            _time.Advance(await _time.TimerWithinAsync(Interval));
            await _time.TimerWithinAsync(Interval);
        }
    }

    private static IEnumerable<string> Cut(string text, Random random)
    {
        for (var start = 0; start < text.Length;)
        {
            var length = Math.Min(random.Next(1, 25), text.Length - start);
            yield return text.Substring(start, length);
            start += length;
        }
    }

    /// <summary>A client that does not read until the gate opens.</summary>
    private sealed class GatedStream : MemoryStream
    {
        public TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Writing { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Writing.TrySetResult();
            await Gate.Task.WaitAsync(cancellationToken);
            await base.WriteAsync(buffer, cancellationToken);
        }
    }
}
