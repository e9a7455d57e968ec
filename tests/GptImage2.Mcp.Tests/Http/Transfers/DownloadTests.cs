using System.Net;
using System.Net.Http.Headers;
using GptImage2.Generation.Storage;
using GptImage2.Imaging;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using Microsoft.Extensions.Time.Testing;

namespace GptImage2.Mcp.Tests.Http.Transfers;

public sealed class DownloadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Results_have_a_link_in_the_place_of_a_path_that_a_person_without_a_token_can_open()
    {
        await using var anna = await TransferServer.StartAsync();

        var made = await anna.CallAsync("generate_image", new() { ["prompt"] = "a red fox" });
        var image = made.Json.GetProperty("images")[0];
        var link = image.GetProperty("download_url").GetString()!;

        link.ShouldStartWith(new Uri(anna.Server.Address, $"/images/{made.Images[0]}?t=").ToString());
        image.TryGetProperty("path", out _).ShouldBeFalse();
        made.Text.ShouldContain($": {link}\n", customMessage: "whoever reads an address takes what follows for a part of it");
        (await anna.CallAsync("check_job", new() { ["job"] = made.JobId })).Text.ShouldContain(link);
        var listed = await anna.CallAsync("list_images", []);
        listed.Text.Split('\n').ShouldContain(line => line.EndsWith($" {link}"));
        listed.Json.GetProperty("images")[0].GetProperty("download_url").GetString().ShouldBe(link);
        (await anna.CallAsync("view_image", new() { ["image"] = made.Images[0], ["recipe"] = true })).Text.ShouldContain($"Download: {link}");
        anna.Client.ServerInstructions.ShouldNotBeNull().ShouldContain("Give the user the link");
        anna.Client.ServerInstructions!.ShouldNotContain("Tell the user the path");

        using var response = await anna.Server.Http.GetAsync(link, Cancellation);
        var bytes = await response.Content.ReadAsByteArrayAsync(Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        Convert.ToHexStringLower(SHA256.HashData(bytes)).ShouldBe(image.GetProperty("sha256").GetString());
        response.Headers.ETag!.Tag.ShouldBe($"\"{image.GetProperty("sha256").GetString()}\"");
        response.Content.Headers.ContentType!.ToString().ShouldBe("image/png");
        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        response.Content.Headers.ContentDisposition.FileName.ShouldNotBeNull().ShouldMatch("^[0-9]{6}-a-red-fox-[a-z2-9]{16}\\.png$");
        ShouldBeHarmless(response);
        response.Headers.CacheControl!.Private.ShouldBeTrue();
        response.Headers.CacheControl.MaxAge!.Value.ShouldBeInRange(TimeSpan.FromHours(23), TimeSpan.FromHours(24));
    }

    [Fact]
    public async Task Parts_headers_and_what_a_browser_has_already_are_served_as_HTTP_says()
    {
        await using var anna = await TransferServer.StartAsync();
        var link = await LinkAsync(anna);
        var whole = await anna.Server.Http.GetByteArrayAsync(link, Cancellation);
        var tag = (await anna.Server.Http.GetAsync(link, Cancellation)).Headers.ETag!;

        using var part = await SendAsync(anna, HttpMethod.Get, link, headers => headers.Range = new RangeHeaderValue(10, 99));
        using var end = await SendAsync(anna, HttpMethod.Get, link, headers => headers.Range = new RangeHeaderValue(null, 5));
        using var beyond = await SendAsync(anna, HttpMethod.Get, link, headers => headers.Range = new RangeHeaderValue(whole.Length, null));
        using var known = await SendAsync(anna, HttpMethod.Get, link, headers => headers.IfNoneMatch.Add(tag));
        using var head = await SendAsync(anna, HttpMethod.Head, link, _ => { });
        using var stale = await SendAsync(anna, HttpMethod.Get, link, headers => (headers.Range, headers.IfRange) = (new RangeHeaderValue(0, 1), new RangeConditionHeaderValue("\"other\"")));
        using var posted = await SendAsync(anna, HttpMethod.Post, link, _ => { });

        part.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await part.Content.ReadAsByteArrayAsync(Cancellation)).ShouldBe(whole[10..100]);
        part.Content.Headers.ContentRange!.ToString().ShouldBe($"bytes 10-99/{whole.Length}");
        ShouldBeHarmless(part);
        (await end.Content.ReadAsByteArrayAsync(Cancellation)).ShouldBe(whole[^5..]);
        beyond.StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
        known.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await known.Content.ReadAsByteArrayAsync(Cancellation)).ShouldBeEmpty();
        (head.StatusCode, head.Content.Headers.ContentLength).ShouldBe((HttpStatusCode.OK, whole.Length));
        (await head.Content.ReadAsByteArrayAsync(Cancellation)).ShouldBeEmpty();
        (await stale.Content.ReadAsByteArrayAsync(Cancellation)).ShouldBe(whole);
        posted.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task A_link_that_is_not_right_is_answered_like_an_image_that_is_not_there()
    {
        await using var anna = await TransferServer.StartAsync();
        await using var other = await TransferServer.StartAsync();
        var (link, second, foreign) = (await LinkAsync(anna), await LinkAsync(anna, "a blue owl"), await LinkAsync(other));
        var (path, ticket) = (link.Split('?')[0], link.Split("?t=")[1]);
        var gone = await LinkAsync(anna, "a green cat");
        foreach (var file in Directory.GetFiles(anna.Server.Root, "*green-cat*", SearchOption.AllDirectories))
        {
            File.Delete(file);
        }

        string[] wrong =
        [
            gone,
            path,
            $"{path}?t=",
            $"{path}?t=not%20base64",
            $"{path}?t={ticket}A",
            $"{path}?t={ticket}==",
            $"{path}?t={ticket[..^1]}",
            $"{path}?t={ticket}&t={ticket}",
            $"{path}?t={new string('A', 6000)}",
            $"{path}?t={second.Split("?t=")[1]}",
            $"{path}?t={foreign.Split("?t=")[1]}",
            new Uri(anna.Server.Address, new Uri(foreign).PathAndQuery).ToString(),
            $"{path[..^1]}{(path[^1] is 'a' ? 'b' : 'a')}?t={ticket}",
            new Uri(anna.Server.Address, "/images/img_aaaaaaaaaaaaaaaa").ToString(),
            new Uri(anna.Server.Address, $"/images/..%2fcatalog.db?t={ticket}").ToString(),
            .. Enumerable.Range(0, ticket.Length).Where(place => place % 7 is 0 || place > ticket.Length - 3).Select(place => $"{path}?t={ticket[..place]}{(ticket[place] is 'A' ? 'B' : 'A')}{ticket[(place + 1)..]}"),
        ];

        var expected = await ReadAsync(anna, wrong[0]);
        expected.ShouldStartWith("404 application/json; charset=utf-8 {\"error\":\"not_found\"");
        foreach (var url in wrong)
        {
            (await ReadAsync(anna, url)).ShouldBe(expected, url);
        }

        (await anna.Server.Http.GetAsync(link, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_link_expires_when_the_operator_says_and_until_then_lives_through_a_restart()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var first = await TransferServer.StartAsync(clock: clock, environment: [("GPTIMAGE2_HTTP__LINKHOURS", "2")]);
        var link = new Uri(await LinkAsync(first)).PathAndQuery;
        await using var second = await TransferServer.StartAsync(root: first.Server.Root, clock: clock);

        clock.Advance(TimeSpan.FromMinutes(119));
        (await second.Server.Http.GetAsync(link, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        clock.Advance(TimeSpan.FromMinutes(1));
        (await second.Server.Http.GetAsync(link, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        if (!OperatingSystem.IsWindows())
        {
            var keys = new DirectoryInfo(Path.Combine(first.Server.Root, "link-keys"));
            keys.UnixFileMode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            keys.GetFiles().ShouldHaveSingleItem();
        }
    }

    [Theory]
    [InlineData("фото.png", "filename*=UTF-8''%D1%84%D0%BE%D1%82%D0%BE.png")]
    [InlineData("a\r\nSet-Cookie: x=1\r\n.png", "filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x%3D1%0D%0A.png")]
    [InlineData("a\"; filename=\"evil.html", "filename*=UTF-8''a%22%3B%20filename%3D%22evil.html")]
    public async Task A_name_is_never_more_than_a_name(string name, string encoded)
    {
        await using var anna = await TransferServer.StartAsync();
        var record = await MakeRecordAsync(anna, name);

        var recipe = await anna.CallAsync("view_image", new() { ["image"] = record.Id, ["recipe"] = true });
        using var response = await anna.Server.Http.GetAsync(Regex.Match(recipe.Text, "Download: (.*)").Groups[1].Value, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
        var disposition = response.Content.Headers.GetValues("Content-Disposition").ShouldHaveSingleItem();
        disposition.ShouldStartWith("attachment; filename=");
        disposition.ShouldEndWith(encoded);
    }

    /// <summary>An image with a web page behind its end is an image to every browser.</summary>
    [Fact]
    public async Task Bytes_that_are_an_image_and_something_else_are_served_as_the_image()
    {
        await using var anna = await TransferServer.StartAsync();
        byte[] bytes = [.. NoisePng.Create(new Dimensions(20, 10), seed: 1), .. "<!doctype html><script>alert(document.domain)</script>"u8];

        var id = (await anna.UploadedAsync(bytes)).GetProperty("id").GetString()!;
        var recipe = await anna.CallAsync("view_image", new() { ["image"] = id, ["recipe"] = true });
        using var response = await anna.Server.Http.GetAsync(Regex.Match(recipe.Text, "Download: (.*)").Groups[1].Value, Cancellation);

        response.Content.Headers.ContentType!.ToString().ShouldBe("image/png");
        (await response.Content.ReadAsByteArrayAsync(Cancellation)).ShouldBe(bytes);
        ShouldBeHarmless(response);
    }

    private static void ShouldBeHarmless(HttpResponseMessage response)
    {
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.GetValues("Content-Security-Policy").ShouldBe(["default-src 'none'; sandbox"]);
        response.Headers.GetValues("Cross-Origin-Resource-Policy").ShouldBe(["cross-origin"]);
        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
    }

    private static async Task<string> LinkAsync(TransferServer server, string prompt = "a red fox") =>
        (await server.CallAsync("generate_image", new() { ["prompt"] = prompt })).Json.GetProperty("images")[0].GetProperty("download_url").GetString()!;

    private static async Task<HttpResponseMessage> SendAsync(TransferServer server, HttpMethod method, string link, Action<HttpRequestHeaders> prepare)
    {
        using var request = new HttpRequestMessage(method, link);
        prepare(request.Headers);
        return await server.Server.Http.SendAsync(request, Cancellation);
    }

    private static async Task<string> ReadAsync(TransferServer server, string url)
    {
        using var response = await server.Server.Http.GetAsync(url, Cancellation);
        return $"{(int)response.StatusCode} {response.Content.Headers.ContentType} {await response.Content.ReadAsStringAsync(Cancellation)}";
    }

    private static async Task<ImageRecord> MakeRecordAsync(TransferServer server, string name)
    {
        var bytes = NoisePng.Create(new Dimensions(20, 10), seed: 1);
        Directory.CreateDirectory(Path.Combine(server.Server.Root, "2026-01-01"));
        await File.WriteAllBytesAsync(Path.Combine(server.Server.Root, "2026-01-01", name), bytes, Cancellation);
        var record = new ImageRecord
        {
            Id = IdGenerator.CreateUploadId(),
            Owner = "token:anna",
            JobId = "job_a",
            Number = 1,
            Created = TimeProvider.System.GetUtcNow(),
            Delivered = true,
            File = new StoredFile($"2026-01-01/{name}", ImageFormat.Png, new Dimensions(20, 10), false, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))),
            Prompt = "a fox",
            Tool = "generate_image",
            Backend = "sketch",
            Model = "gpt-image-2",
            Quality = "low",
        };
        await server.Catalog.AddAsync(record, Cancellation);
        return record;
    }
}
