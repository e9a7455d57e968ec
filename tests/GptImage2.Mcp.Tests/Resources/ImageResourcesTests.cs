using GptImage2.Generation;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.PostProcessing;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Mcp.Server;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Time;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Resources;

public sealed class ImageResourcesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task An_image_reads_as_the_very_bytes_on_disk_in_both_eras(string protocol)
    {
        await using var server = await McpHost.StartAsync(protocol: protocol, cancellationToken: Cancellation);
        var image = await MakeAsync(server);

        var read = await server.Client.ReadResourceAsync(image.GetProperty("uri").GetString()!, cancellationToken: Cancellation);

        var blob = read.Contents.ShouldHaveSingleItem().ShouldBeOfType<BlobResourceContents>();
        blob.MimeType.ShouldBe("image/png");
        blob.DecodedData.ToArray().ShouldBe(await File.ReadAllBytesAsync(image.GetProperty("path").GetString()!, Cancellation));
    }

    [Fact]
    public async Task Preview_record_and_recent_list_can_be_read()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        var uri = (await MakeAsync(server)).GetProperty("uri").GetString()!;

        var preview = await server.Client.ReadResourceAsync(uri + "/preview", cancellationToken: Cancellation);
        var record = await server.Client.ReadResourceAsync(uri + "/record", cancellationToken: Cancellation);
        var recent = await server.Client.ReadResourceAsync("images://recent", cancellationToken: Cancellation);

        ImageHeader.Read(EncodedImage.FromMemory(((BlobResourceContents)preview.Contents[0]).DecodedData)).Size.Width.ShouldBe(1024);
        JsonDocument.Parse(((TextResourceContents)record.Contents[0]).Text).RootElement.GetProperty("prompt").GetString().ShouldBe("a lighthouse");
        ((TextResourceContents)recent.Contents[0]).Text.ShouldContain(uri);
    }

    [Fact]
    public async Task The_newest_images_are_listed_with_titles_and_sizes()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        var image = await MakeAsync(server);

        var listed = await server.Client.ListResourcesAsync(cancellationToken: Cancellation);

        var resource = listed.Single(resource => resource.Uri == image.GetProperty("uri").GetString()).ProtocolResource;
        resource.Title.ShouldBe("a lighthouse");
        resource.Size.ShouldBe(image.GetProperty("bytes").GetInt64());
    }

    [Fact]
    public async Task A_change_of_the_list_is_announced()
    {
        await using var server = await McpHost.StartAsync(protocol: "2025-11-25", cancellationToken: Cancellation);
        var announced = new TaskCompletionSource();
        await using var registration = server.Client.RegisterNotificationHandler(
            NotificationMethods.ResourceListChangedNotification,
            (_, _) =>
            {
                announced.TrySetResult();
                return default;
            });

        await MakeAsync(server);

        await announced.Task.WaitAsync(TestTimeouts.Safety, Cancellation);
    }

    /// <summary>Those who listen over this announcement are the local user's clients.</summary>
    [Fact]
    public async Task A_change_of_another_owners_list_is_announced_to_nobody_but_those_who_ask_for_it()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        var (announced, heard) = (0, new List<string>());
        server.Services.GetRequiredService<ImageListChanges>().Resources.Changed += (_, _) => announced++;
        server.Services.GetRequiredService<ImageStoreEvents>().ImagesChanged += heard.Add;
        var workflow = server.Services.GetRequiredService<ImageWorkflow>();
        using var plan = await workflow.PlanAsync(
            new Caller("token:anna", false), "generate_image", new GenerateRequest { Prompt = "a fox", Size = new Dimensions(1024, 1024) }, Cancellation);

        await workflow.AskAsync(plan, fresh: false, DateTimeOffset.UnixEpoch, TestTimeouts.Safety, new Progress<JobSnapshot>(), Cancellation);
        var before = announced;
        await MakeAsync(server);

        (before, announced).ShouldBe((0, 1));
        heard.ShouldBe(["token:anna", "local"]);
    }

    [Theory]
    [InlineData("c0_abcdefgh23456789")]
    [InlineData("17")]
    [InlineData("nonsense")]
    public async Task A_cursor_that_was_never_given_is_a_protocol_error(string cursor)
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);

        var error = await Should.ThrowAsync<McpProtocolException>(() => server.RawAsync("resources/list", new JsonObject { ["cursor"] = cursor }));

        error.ErrorCode.ShouldBe(McpErrorCode.InvalidParams);
        error.Message.ShouldContain("cursor: expected nextCursor of an earlier page");
    }

    [Theory]
    [InlineData("image://img_aaaaaaaaaaaaaaaa")]
    [InlineData("image://../../etc/passwd")]
    [InlineData("image://")]
    [InlineData("file:///etc/passwd")]
    [InlineData("guide://nothing")]
    public async Task What_does_not_exist_is_a_protocol_error(string uri)
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);

        var error = await Should.ThrowAsync<McpProtocolException>(async () => await server.Client.ReadResourceAsync(uri, cancellationToken: Cancellation));

        error.ErrorCode.ShouldBe(McpErrorCode.InvalidParams);
        error.Message.ShouldContain("There is no resource");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/preview")]
    public async Task An_image_whose_file_is_gone_is_reported_as_gone(string part)
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);
        var image = await MakeAsync(server);
        File.Delete(image.GetProperty("path").GetString()!);

        var error = await Should.ThrowAsync<McpProtocolException>(async () =>
            await server.Client.ReadResourceAsync(image.GetProperty("uri").GetString() + part, cancellationToken: Cancellation));
        var view = await server.Client.CallToolAsync(
            "view_image", new Dictionary<string, object?> { ["image"] = image.GetProperty("id").GetString() }, cancellationToken: Cancellation);

        error.Message.ShouldContain("no longer in the store");
        view.Content.ShouldHaveSingleItem().ShouldBeOfType<TextContentBlock>().Text.ShouldStartWith("not_found: ");
    }

    private static async Task<JsonElement> MakeAsync(McpHost server) =>
        (await server.Client.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = "a lighthouse" }, cancellationToken: Cancellation))
        .StructuredContent!.Value.GetProperty("images")[0];
}
