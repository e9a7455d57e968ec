using System.Net;
using System.Net.Sockets;
using GptImage2.Imaging;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Http.Transfers;

public sealed class UploadTests : IAsyncLifetime
{
    private static readonly byte[] Gif = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    private TransferServer _anna = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _anna = await TransferServer.StartAsync(environment: [("GPTIMAGE2_HTTP__UPLOADMEGABYTES", "1")]);

    public ValueTask DisposeAsync() => _anna.DisposeAsync();

    [Fact]
    public async Task Answers_with_an_id_that_names_the_image_everywhere_and_in_no_list()
    {
        var bytes = NoisePng.Create(new Dimensions(200, 100), seed: 1);

        var receipt = await _anna.UploadedAsync(bytes);

        var id = receipt.GetProperty("id").GetString()!;
        id.ShouldMatch("^img_[a-z2-9]{16}$");
        receipt.EnumerateObject().Select(member => member.Name).ShouldBe(["id", "uri", "width", "height", "format", "bytes", "expires"]);
        receipt.GetProperty("uri").GetString().ShouldBe($"image://{id}");
        (receipt.GetProperty("width").GetInt32(), receipt.GetProperty("height").GetInt32(), receipt.GetProperty("bytes").GetInt32()).ShouldBe((200, 100, bytes.Length));
        var viewed = await _anna.CallAsync("view_image", new() { ["image"] = id });
        viewed.Text.ShouldContain($"{id} is 200x100 png");
        var recipe = await _anna.CallAsync("view_image", new() { ["image"] = id, ["recipe"] = true });
        recipe.Text.ShouldContain("It was not made here");
        var read = await _anna.Client.ReadResourceAsync($"image://{id}", cancellationToken: Cancellation);
        read.Contents.OfType<BlobResourceContents>().Single().DecodedData.ToArray().ShouldBe(bytes);
        var edited = await _anna.CallAsync("edit_with_references", new() { ["prompt"] = "at night", ["references"] = new[] { new { image = id } } });
        edited.IsError.ShouldNotBe(true, edited.Text);
        var listed = await _anna.CallAsync("list_images", []);
        listed.Images.ShouldBe(edited.Images);
        listed.Text.ShouldContain($"from {id}");
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpeg")]
    [InlineData("webp")]
    public async Task Takes_what_the_server_itself_makes(string format)
    {
        var made = await _anna.CallAsync("generate_image", new() { ["prompt"] = "a fox", ["format"] = format });
        var bytes = await _anna.Http.GetByteArrayAsync(made.Json.GetProperty("images")[0].GetProperty("download_url").GetString(), Cancellation);

        (await _anna.UploadedAsync(bytes)).GetProperty("format").GetString().ShouldBe(format);
    }

    /// <summary>What curl declares is a form, and what browsers declare is what they guess.</summary>
    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/html")]
    [InlineData(null)]
    public async Task Believes_the_bytes_and_not_the_declared_type(string? type)
    {
        using var content = new ByteArrayContent(Gif);
        content.Headers.ContentType = type is null ? null : new(type);

        using var response = await _anna.Http.PostAsync("/uploads", content, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldContain("\"format\":\"gif\"");
    }

    [Fact]
    public async Task Takes_a_form_with_one_file_and_fields_around_it()
    {
        using var form = new MultipartFormDataContent { { new StringContent("a logo"), "note" }, { new ByteArrayContent(Gif), "file", "../../etc/logo.html" }, { new StringContent("x"), "after" } };

        using var response = await _anna.Http.PostAsync("/uploads", form, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        _anna.UploadedFiles.ShouldHaveSingleItem().ShouldMatch(@"/\.uploads/upload-[a-z2-9]{16}\.gif$");
    }

    [Fact]
    public async Task Refuses_a_form_with_no_file_or_with_several()
    {
        using var none = new MultipartFormDataContent { { new StringContent("a logo"), "note" } };
        using var several = new MultipartFormDataContent { { new ByteArrayContent(Gif), "a", "a.gif" }, { new ByteArrayContent(Gif), "b", "b.gif" } };
        using var broken = new ByteArrayContent(Gif) { Headers = { ContentType = new("multipart/form-data") } };

        using var cut = new StringContent("--b\r\nContent-Disposition: form-data; name=f; filename=a.gif\r\n\r\nGIF89a") { Headers = { ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b") } };

        await ShouldBeRefusedAsync(cut, 400, "invalid_upload");
        await ShouldBeRefusedAsync(none, 400, "invalid_upload");
        await ShouldBeRefusedAsync(several, 400, "invalid_upload");
        await ShouldBeRefusedAsync(broken, 400, "invalid_upload");
    }

    [Fact]
    public async Task Refuses_an_image_that_is_cut_short_and_keeps_nothing_of_it()
    {
        await using var server = await TransferServer.StartAsync();
        var whole = NoisePng.Create(new Dimensions(700, 600), seed: 1);

        using var response = await server.UploadAsync(whole[..(whole.Length / 3)]);

        ((int)response.StatusCode).ShouldBe(400);
        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldContain("invalid_upload");
        server.UploadedFiles.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", 415)]
    [InlineData("<!doctype html><script>alert(1)</script>", 415)]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", 415)]
    [InlineData("%PDF-1.7", 415)]
    [InlineData("PK\u0003\u0004", 415)]
    [InlineData("GIF89a", 400)]
    public async Task Refuses_what_is_no_image(string text, int status)
    {
        using var content = new StringContent(text, Encoding.Latin1, "image/png");

        await ShouldBeRefusedAsync(content, status, status is 400 ? "invalid_upload" : "not_an_image");
    }

    [Fact]
    public async Task Refuses_more_pixels_than_any_image_may_have()
    {
        var png = NoisePng.Create(new Dimensions(8, 8), seed: 1);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 200_000);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 200_000);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc(png.AsSpan(12, 17)));
        using var content = new ByteArrayContent(png);

        await ShouldBeRefusedAsync(content, 413, "too_large");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Refuses_more_bytes_than_the_operator_allows_announced_or_not(bool announced)
    {
        using var content = new StreamContent(new MemoryStream(NoisePng.Create(new Dimensions(700, 600), seed: 1)));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/uploads") { Content = content, Headers = { TransferEncodingChunked = !announced, ExpectContinue = announced } };

        using var response = await _anna.Http.SendAsync(request, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldContain("\"error\":\"too_large\"");
        _anna.UploadedFiles.ShouldBeEmpty();
    }

    [Fact]
    public async Task Refuses_compressed_bytes()
    {
        using var content = new ByteArrayContent(Gif) { Headers = { ContentEncoding = { "gzip" } } };

        await ShouldBeRefusedAsync(content, 415, "not_an_image");
    }

    [Fact]
    public async Task A_body_that_breaks_off_leaves_nothing()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(_anna.Server.Address.Host, _anna.Server.Address.Port, Cancellation);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /uploads HTTP/1.1\r\nHost: {_anna.Server.Address.Authority}\r\nContent-Length: 500000\r\n\r\nGIF89a"), Cancellation);
        socket.Client.Shutdown(SocketShutdown.Send);

        using var answer = new StreamReader(stream);
        try
        {
            _ = await answer.ReadToEndAsync(Cancellation);
        }
        catch (IOException)
        {
            // The server closes or resets the connection when it is done with the request; either will do.
        }

        await _anna.WaitForNoFilesAsync();
        await _anna.UploadedAsync(Gif);
    }

    [Fact]
    public async Task The_same_bytes_of_two_owners_are_two_images_and_neither_sees_the_others()
    {
        using var ben = _anna.CreateHttp("ben");

        var annas = (await _anna.UploadedAsync(Gif)).GetProperty("id").GetString()!;
        var bens = (await _anna.UploadedAsync(Gif, ben)).GetProperty("id").GetString()!;

        bens.ShouldNotBe(annas);
        (await _anna.CallAsync("view_image", new() { ["image"] = annas })).IsError.ShouldNotBe(true);
        var foreign = await _anna.CallAsync("view_image", new() { ["image"] = bens });
        var missing = await _anna.CallAsync("view_image", new() { ["image"] = "img_aaaaaaaaaaaaaaaa" });
        foreign.IsError.ShouldBe(true);
        foreign.Text.Replace(bens, "ID").ShouldBe(missing.Text.Replace("img_aaaaaaaaaaaaaaaa", "ID"));
        await Should.ThrowAsync<McpProtocolException>(() => _anna.Client.ReadResourceAsync($"image://{bens}", cancellationToken: Cancellation).AsTask());
    }

    [Fact]
    public async Task One_owner_has_a_limit_and_others_are_not_affected()
    {
        for (var i = 0; i < 100; i++)
        {
            await _anna.UploadedAsync(Gif);
        }

        using var refused = await _anna.UploadAsync(Gif);
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        (await refused.Content.ReadAsStringAsync(Cancellation)).ShouldContain("\"error\":\"too_many_uploads\",\"message\":\"100 uploads");
        using var ben = _anna.CreateHttp("ben");
        await _anna.UploadedAsync(Gif, ben);
    }

    private async Task ShouldBeRefusedAsync(HttpContent content, int status, string error)
    {
        using var response = await _anna.Http.PostAsync("/uploads", content, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);

        ((int)response.StatusCode).ShouldBe(status, text);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        JsonElement.Parse(text).GetProperty("error").GetString().ShouldBe(error);
        JsonElement.Parse(text).GetProperty("message").GetString()!.ShouldNotContain(_anna.Server.Root);
        _anna.UploadedFiles.ShouldBeEmpty();
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) is 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }
}
