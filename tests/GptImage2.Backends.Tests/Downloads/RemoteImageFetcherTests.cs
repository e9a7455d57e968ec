using System.IO.Compression;
using GptImage2.Backends.Downloads;
using GptImage2.Generation.Errors;
using GptImage2.Imaging;
using GptImage2.Testing.Time;

namespace GptImage2.Backends.Tests.Downloads;

/// <summary>Images of the internet, and answers that are none, over real TLS on loopback.</summary>
public sealed class RemoteImageFetcherTests
{
    private const string Fox = "https://pictures.example/fox.png?token=hush";

    private static readonly DownloadOptions Small = new() { MaxBytes = 200_000, Timeout = TimeSpan.FromSeconds(0.5) };

    [Fact]
    public async Task An_image_comes_whole_and_the_request_tells_nothing_of_the_user()
    {
        await using var internet = new FakeInternet();

        using var found = await internet.FindAsync(Fox);

        using var stream = found.Image.OpenRead();
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        bytes.ToArray().ShouldBe(FakeInternet.Image);
        var lines = internet.Requests.ShouldHaveSingleItem().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe("GET /fox.png?token=hush HTTP/1.1");
        lines.Skip(1).Select(line => line.Split(':')[0]).ShouldBe(["Host", "User-Agent", "Accept"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("Content-Type: text/html\r\n")]
    [InlineData("")]
    [InlineData("Content-Type: image/svg+xml\r\nSet-Cookie: a=b\r\n")]
    public async Task The_bytes_decide_and_not_the_declared_type(string headers)
    {
        await using var internet = new FakeInternet((_, stream, stop) => FakeInternet.WriteAsync(stream, FakeInternet.Ok(FakeInternet.Image, headers), stop));

        using var found = await internet.FindAsync(Fox);

        found.ReadHeader().Size.ShouldBe(new Dimensions(12, 8));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Three_redirects_are_followed_each_looked_up_for_itself(int status)
    {
        await using var internet = new FakeInternet((path, stream, stop) => FakeInternet.WriteAsync(stream, path switch
        {
            "/1" => FakeInternet.Redirect("https://other.example/2", status),
            "/2" => FakeInternet.Redirect("/3", status),
            "/3" => FakeInternet.Redirect("//third.example:443/4", status),
            _ => FakeInternet.Ok(FakeInternet.Image),
        }, stop));

        using var found = await internet.FindAsync("https://pictures.example/1");

        found.ReadHeader();
        internet.LookedUp.ShouldBe(["pictures.example", "other.example", "other.example", "third.example"]);
        internet.Requests.ShouldAllBe(request => !request.Contains("Referer") && !request.Contains("Cookie"));
    }

    [Fact]
    public async Task A_fourth_redirect_is_not()
    {
        await using var internet = new FakeInternet((_, stream, stop) => FakeInternet.WriteAsync(stream, FakeInternet.Redirect("/again"), stop));

        var failure = await internet.RefusalAsync(Fox);

        failure.Code.ShouldBe(FailureCode.NotAllowed);
        failure.Message.ShouldContain("redirects again");
        internet.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_name_in_letters_of_its_language_is_asked_in_those_of_the_net()
    {
        await using var internet = new FakeInternet();

        using var found = await internet.FindAsync("https://füchse.example/fox.png");

        internet.LookedUp.ShouldBe(["xn--fchse-kva.example"]);
    }

    [Fact]
    public async Task The_next_address_is_tried_where_one_does_not_answer()
    {
        await using var internet = new FakeInternet { Names = (_, _) => ["93.184.215.14", "93.184.215.15"] };
        var working = internet.Surroundings.ConnectAsync;
        var remote = new RemoteImageFetcher(
            new DownloadOptions(),
            internet.Surroundings with
            {
                ConnectAsync = (address, stop) => address.Address.ToString() is "93.184.215.14" ? throw new System.Net.Sockets.SocketException() : working(address, stop),
            },
            TimeProvider.System);

        (await remote.FetchAsync(new Uri(Fox), TestContext.Current.CancellationToken)).ToArray().ShouldBe(FakeInternet.Image);
    }

    public static TheoryData<string, FailureCode, string> Answers => new()
    {
        { "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", FailureCode.NotFound, "status 404" },
        { "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n", FailureCode.NotFound, "status 410" },
        { "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n", FailureCode.NotAllowed, "requires a login" },
        { "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n", FailureCode.NotAllowed, "requires a login" },
        { "HTTP/1.1 500 Oops\r\nContent-Length: 4\r\n\r\noops", FailureCode.UnreadableImage, "status 500" },
        { "HTTP/1.1 206 Partial\r\nContent-Length: 0\r\n\r\n", FailureCode.UnreadableImage, "status 206" },
        { "HTTP/1.1 204 None\r\n\r\n", FailureCode.UnreadableImage, "status 204" },
        { "HTTP/1.1 304 Same\r\n\r\n", FailureCode.UnreadableImage, "status 304" },
        { "HTTP/1.1 302 Moved\r\nContent-Length: 0\r\n\r\n", FailureCode.UnreadableImage, "redirects to nowhere" },
        { "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n<!DOCTYPE html><html>", FailureCode.UnreadableImage, "received an HTML page" },
        { "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n<svg xmlns='http://www.w3.org/2000/svg'/>", FailureCode.UnreadableImage, "received an SVG" },
        { "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n{\"error\":1}", FailureCode.UnreadableImage, "received JSON" },
        { "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", FailureCode.UnreadableImage, "received no bytes" },
        { "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n\u0089PNG", FailureCode.UnreadableImage, "closed the connection early" },
        { "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n\u0089PNG\r\n\u001a\n", FailureCode.UnreadableImage, "larger than" },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nx", FailureCode.UnreadableImage, "closed the connection early" },
        { "SSH-2.0-OpenSSH_9.2\r\n", FailureCode.UnreadableImage, "not HTTP" },
        { "", FailureCode.UnreadableImage, "closed the connection early" },
        { "HTTP/1.1 200 OK\r\nX: " + new string('x', 200_000) + "\r\n\r\n", FailureCode.UnreadableImage, "" },
    };

    [Theory]
    [MemberData(nameof(Answers), DisableDiscoveryEnumeration = true)]
    public async Task What_is_no_image_is_refused_in_words(string answer, FailureCode code, string tells)
    {
        await using var internet = new FakeInternet((_, stream, stop) => FakeInternet.WriteAsync(stream, Encoding.Latin1.GetBytes(answer), stop));

        var failure = await internet.RefusalAsync(Fox);

        failure.Code.ShouldBe(code);
        failure.Message.ShouldContain(tells);
        failure.Message.ShouldContain("pictures.example");
        failure.Message.ShouldNotContain("hush");
        failure.Message.ShouldNotContain("fox.png");
    }

    [Fact]
    public async Task Packed_bytes_are_not_unpacked()
    {
        var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.Fastest))
        {
            gzip.Write(new byte[1 << 20]);
        }

        await using var internet = new FakeInternet((_, stream, stop) => FakeInternet.WriteAsync(stream, FakeInternet.Ok(bomb.ToArray(), "Content-Type: image/png\r\nContent-Encoding: gzip\r\n"), stop));

        (await internet.RefusalAsync(Fox)).Message.ShouldContain("bytes of another kind");
        internet.Requests.Single().ShouldNotContain("Accept-Encoding");
    }

    [Fact]
    public async Task A_body_that_never_ends_is_left_at_the_limit()
    {
        var sent = 0L;
        await using var internet = new FakeInternet(
            async (_, stream, stop) =>
            {
                await stream.WriteAsync(Encoding.Latin1.GetBytes("HTTP/1.1 200 OK\r\n\r\n"), stop);
                for (var block = FakeInternet.Image; ; block = new byte[16_384])
                {
                    await stream.WriteAsync(block, stop);
                    Interlocked.Add(ref sent, block.Length);
                }
            },
            options: Small with { Timeout = TestTimeouts.Safety });

        var failure = await internet.RefusalAsync(Fox);

        failure.Code.ShouldBe(FailureCode.UnreadableImage);
        failure.Message.ShouldContain("larger than");
        Interlocked.Read(ref sent).ShouldBeLessThan(20_000_000);
    }

    [Theory]
    [InlineData("connection")]
    [InlineData("head")]
    [InlineData("body")]
    [InlineData("redirects")]
    public async Task What_dawdles_is_left_in_time(string where)
    {
        await using var internet = new FakeInternet(
            async (_, stream, stop) =>
            {
                var slow = where switch { "connection" => [], "head" => Encoding.Latin1.GetBytes("HTTP/1.1 200 OK\r\nX: "), "body" => FakeInternet.Ok(FakeInternet.Image)[..^9], _ => FakeInternet.Redirect("/again") };
                await Task.Delay(where is "redirects" ? TimeSpan.FromSeconds(0.2) : TimeSpan.Zero, TimeProvider.System, stop);
                foreach (var one in slow)
                {
                    await stream.WriteAsync((byte[])[one], stop);
                }

                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            },
            options: Small);

        var failure = await internet.RefusalAsync(Fox);

        failure.Code.ShouldBe(FailureCode.UnreadableImage);
        failure.Message.ShouldContain("did not send the complete image within");
        failure.Retry.ShouldBe(RetryAdvice.Later);
    }

    [Fact]
    public async Task Whoever_cancels_is_told_nothing_else()
    {
        using var cancel = new CancellationTokenSource();
        await using var internet = new FakeInternet(async (_, stream, stop) =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        });

        await Should.ThrowAsync<OperationCanceledException>(internet.FindAsync(Fox, cancel.Token));
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_not_found()
    {
        await using var internet = new FakeInternet { Names = (_, _) => ["unknown"] };

        (await internet.RefusalAsync(Fox)).Code.ShouldBe(FailureCode.NotFound);
        internet.Connected.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("stranger.example")]
    [InlineData("pictures.example")]
    public async Task A_certificate_that_is_another_names_or_anybodys_own_is_not_trusted(string name)
    {
        await using var internet = new FakeInternet(host: new TlsTestServer((_, stream, stop) => FakeInternet.WriteAsync(stream, FakeInternet.Ok(FakeInternet.Image), stop), name is "pictures.example" ? TlsTestServer.Certify(name) : null));

        var failure = await internet.RefusalAsync($"https://{name}/fox.png");

        failure.Code.ShouldBe(FailureCode.NotAllowed);
        failure.Message.ShouldContain("no certificate that this machine trusts");
        internet.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task By_default_this_very_machine_is_never_asked()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var remote = new RemoteImageFetcher(new DownloadOptions(), new NetworkAccess { ResolveHostAsync = (_, _) => Task.FromResult<System.Net.IPAddress[]>([System.Net.IPAddress.Loopback]) }, TimeProvider.System);

        var failure = (await Should.ThrowAsync<ImageException>(remote.FetchAsync(new Uri(Fox), TestContext.Current.CancellationToken))).Failure;

        failure.Code.ShouldBe(FailureCode.NotAllowed);
        listener.Pending().ShouldBeFalse();
        new NetworkAccess().CreateCertificatePolicy().DisableCertificateDownloads.ShouldBeTrue();
    }
}
