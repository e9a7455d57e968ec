using FsCheck;
using FsCheck.Fluent;
using GptImage2.Backends.Http;
using GptImage2.Backends.Http.Streaming;

namespace GptImage2.Backends.Tests.Http.Streaming;

public sealed class Base64JsonStreamTests
{
    public static TheoryData<string> Small =>
    [
        """{"created":1,"data":[{"b64_json":"AAEC/+8="},{"b64_json":"QUJD"}],"usage":{"output_tokens":3}}""",
        """ { "b64_json" : "AAEC\/\u002B8\u003D" , "x" : "b64_json" , "y" : ["b64_json", "AAAA"] } """,
        """{"b64_json":null,"a":{"b64_json":{"b64_json":"/w=="}},"b64_json2":"!!!!","c":"\"b64_json\":\"QQ==\""}""",
        """{"b64\u005fjson":"QUJDRA==","é\\":"b64_json","z":"\\\"","b64_json ":"?"}""",
        """[{"b64_json":""},{"b64_json":"QQ\u003d="},{"b64_json":"Q Q = =\n"}]""",
        """{"b64_json":7,"b64_json3":true,"d":[[["b64_json"]],{"b64_json":[]}]}""",
    ];

    private static Arbitrary<int> Seeds => Gen.Choose(0, int.MaxValue).ToArbitrary();

    [Theory, MemberData(nameof(Small))]
    public async Task Every_way_to_cut_a_text_in_three_gives_the_same(string text)
    {
        var json = Encoding.UTF8.GetBytes(text);
        var expected = ReferenceJsonReader.Read(json).ShouldNotBeNull();

        for (var first = 0; first <= json.Length; first++)
        {
            for (var second = first; second <= json.Length; second++)
            {
                ShouldBe(await ScanAsync(json, first, second), expected);
            }
        }
    }

    [Fact]
    public void Random_texts_in_random_pieces_are_read_as_by_a_parser_that_holds_everything() =>
        Prop.ForAll(Seeds, seed =>
        {
            var random = new Random(seed);
            var json = RandomText(random);

            ShouldBe(ScanAsync(json, RandomCuts(random, json.Length)).GetAwaiter().GetResult(), ReferenceJsonReader.Read(json));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Damaged_texts_are_refused_exactly_when_a_parser_refuses_them() =>
        Prop.ForAll(Seeds, seed =>
        {
            var random = new Random(seed);
            var json = Encoding.UTF8.GetBytes(Small.ElementAt(random.Next(Small.Count)).Data);
            for (var damage = random.Next(1, 4); damage > 0; damage--)
            {
                json[random.Next(json.Length)] = (byte)random.GetItems<char>("\"\\:,{}[]=/u0Ab \n\u0001", 1)[0];
            }

            ShouldBe(ScanAsync(json, RandomCuts(random, json.Length)).GetAwaiter().GetResult(), ReferenceJsonReader.Read(json), Encoding.UTF8.GetString(json));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Theory, MemberData(nameof(Small))]
    public async Task A_text_that_stops_early_is_a_failure_and_keeps_what_came_whole(string text)
    {
        var json = Encoding.UTF8.GetBytes(text.Trim());
        var whole = ReferenceJsonReader.Read(json).ShouldNotBeNull();

        for (var length = 0; length < json.Length; length++)
        {
            var target = new RecordingTarget();
            (await TryScanAsync(json[..length], target, length / 2)).ShouldBeNull();
            target.Values.ShouldBe(whole.Values.Take(target.Values.Count));
        }
    }

    [Theory]
    [InlineData("""{"b64_json":"QUJ"}""")]
    [InlineData("""{"b64_json":"QQ==QQ=="}""")]
    [InlineData("""{"b64_json":"Q=Q="}""")]
    [InlineData("""{"b64_json":"QUJ\u0142"}""")]
    [InlineData("""{"b64_json":"QUJ\x"}""")]
    [InlineData("""{"b64_json":"QUJ-"}""")]
    [InlineData("{\"b64_json\":\"QUJD\n\"}")]
    public async Task Bad_base64_is_a_failure(string text)
    {
        var target = new RecordingTarget();

        (await TryScanAsync(Encoding.UTF8.GetBytes(text), target)).ShouldBeNull();

        target.Values.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_kept_besides_images_has_a_limit()
    {
        var scanner = new Base64JsonStream(new RecordingTarget());
        var piece = Encoding.UTF8.GetBytes("\"" + new string('x', 100_000));

        var broken = await Should.ThrowAsync<MalformedResponseException>(async () =>
        {
            for (var i = 0; i < 12; i++)
            {
                await scanner.WriteAsync(piece, TestContext.Current.CancellationToken);
            }
        });

        broken.Message.ShouldContain("megabyte");
    }

    /// <summary>The longest text that is kept has as many bytes as are allowed, its quotation marks included.</summary>
    [Fact]
    public async Task Members_of_another_name_are_images_and_texts_that_are_too_long_become_empty_wherever_they_are_cut()
    {
        var json = Encoding.UTF8.GetBytes("""{"result":null,"a":"12345678","b":"123456789","c":"\\\"2345678","b64_json":"QQ==","d":{"result":"QUJD"},"too long":1,"e":["\u00e9\u00e9\u00e9\u00e9"]}""");
        for (var cut = 0; cut <= json.Length; cut++)
        {
            var target = new RecordingTarget();
            var scanner = new Base64JsonStream(target, "result", maxText: 10);

            await scanner.WriteAsync(json.AsMemory(..cut), TestContext.Current.CancellationToken);
            await scanner.WriteAsync(json.AsMemory(cut..), TestContext.Current.CancellationToken);

            scanner.Complete().GetRawText().ShouldBe("""{"result":null,"a":"12345678","b":"","c":"","b64_json":"QQ==","d":{"result":""},"too long":1,"e":[""]}""");
            target.Values.ShouldHaveSingleItem().ShouldBe("ABC"u8.ToArray());
        }
    }

    [Fact]
    public async Task A_text_of_any_length_is_left_out_where_it_may_be()
    {
        var scanner = new Base64JsonStream(new RecordingTarget(), "result", maxText: 1000);
        await scanner.WriteAsync("""{"image_url":" """u8.ToArray(), TestContext.Current.CancellationToken);
        for (var i = 0; i < 100; i++)
        {
            await scanner.WriteAsync(new byte[64 * 1024].Select(_ => (byte)'x').ToArray(), TestContext.Current.CancellationToken);
        }

        await scanner.WriteAsync("\",\"x\":1}"u8.ToArray(), TestContext.Current.CancellationToken);

        scanner.Complete().GetRawText().ShouldBe("""{"image_url":"","x":1}""");
    }

    [Fact]
    public void A_large_image_takes_no_memory()
    {
        var target = new CountingTarget();
        var scanner = new Base64JsonStream(target);
        var image = Encoding.UTF8.GetBytes(new string('A', 65_536));
        Feed(scanner, """{"data":[{"b64_json":" """u8.ToArray());
        Feed(scanner, image);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 1; i < 512; i++)
        {
            Feed(scanner, image);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(512 * 1024);
        Feed(scanner, "\"}]}"u8.ToArray());
        scanner.Complete().GetProperty("data").GetArrayLength().ShouldBe(1);
        target.Bytes.ShouldBe(512 * 65_536 / 4 * 3);
    }

    private static void Feed(Base64JsonStream scanner, byte[] piece)
    {
        // The target never waits, so neither does the scanner: all is allocated on this thread.
        scanner.WriteAsync(piece, CancellationToken.None).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
    }

    private static void ShouldBe(ReferenceJsonReader? actual, ReferenceJsonReader? expected, string text = "")
    {
        (actual is null).ShouldBe(expected is null, text);
        if (actual is not null && expected is not null)
        {
            actual.Document.ShouldBe(expected.Document);
            actual.Values.Select(Convert.ToHexString).SequenceEqual(expected.Values.Select(Convert.ToHexString)).ShouldBeTrue();
        }
    }

    private static Task<ReferenceJsonReader?> ScanAsync(byte[] json, params int[] cuts) => TryScanAsync(json, new RecordingTarget(), cuts);

    private static async Task<ReferenceJsonReader?> TryScanAsync(byte[] json, RecordingTarget target, params int[] cuts)
    {
        var scanner = new Base64JsonStream(target);
        try
        {
            var start = 0;
            foreach (var cut in (int[])[.. cuts, json.Length])
            {
                await scanner.WriteAsync(json.AsMemory(start..cut), TestContext.Current.CancellationToken);
                start = cut;
            }

            target.LargestWrite.ShouldBeLessThanOrEqualTo(64 * 1024);
            return new ReferenceJsonReader(ReferenceJsonReader.Write(scanner.Complete(), values: null), target.Values);
        }
        catch (Exception e) when (e is MalformedResponseException or InvalidOperationException)
        {
            return null;
        }
    }

    private static int[] RandomCuts(Random random, int length) =>
        [.. Enumerable.Range(0, random.Next(40)).Select(_ => random.Next(length + 1)).Order()];

    private static byte[] RandomText(Random random)
    {
        var images = new JsonArray();
        for (var i = random.Next(4); i >= 0; i--)
        {
            var image = new byte[random.Next(3) == 0 ? random.Next(8) : random.Next(100_000)];
            random.NextBytes(image);
            images.Add(new JsonObject { ["note"] = "b64_json \" \\ ż", ["b64_json"] = Convert.ToBase64String(image) });
        }

        // The default encoder writes + as \u002B, as some servers do.
        var text = new JsonObject { ["data"] = images, ["usage"] = new JsonObject { ["b64_json"] = random.Next() } }.ToJsonString();
        return Encoding.UTF8.GetBytes(random.Next(2) == 0 ? text : text.Replace("\\u002B", "+", StringComparison.Ordinal).Replace("/", "\\/", StringComparison.Ordinal));
    }

    private sealed class CountingTarget : IBase64Target
    {
        public long Bytes { get; private set; }

        public void Begin(ReadOnlySpan<byte> before)
        {
        }

        public ValueTask WriteAsync(ReadOnlyMemory<byte> decoded, CancellationToken cancellationToken)
        {
            Bytes += decoded.Length;
            return ValueTask.CompletedTask;
        }

        public ValueTask EndAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
