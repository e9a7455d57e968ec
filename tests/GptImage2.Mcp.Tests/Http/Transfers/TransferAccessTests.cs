using System.Net;
using System.Net.Http.Headers;
using GptImage2.Mcp.Http.Authentication;
using GptImage2.Testing.Hosts;

namespace GptImage2.Mcp.Tests.Http.Transfers;

/// <summary>Who may transfer images where the server asks who it is from.</summary>
public sealed class TransferAccessTests : IDisposable
{
    private static readonly byte[] Gif = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gptimage2-tokens-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_upload_needs_a_token_and_a_link_does_not()
    {
        var file = new TokenFile(Path.Combine(_folder.FullName, "tokens"));
        var token = NamedToken.Generate();
        file.Add(new NamedToken("alice", NamedToken.ComputeHash(token)));
        await using var server = await HttpServer.StartAsync([("GPTIMAGE2_HTTP__TOKENS", Path.Combine(_folder.FullName, "tokens"))], cancellationToken: Cancellation);
        await using var client = await server.ConnectAsync(token, cancellationToken: Cancellation);

        var made = await client.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = "a red fox" }, cancellationToken: Cancellation);
        var refused = await client.CallToolAsync("view_image", new Dictionary<string, object?> { ["image"] = "/home/me/fox.png" }, cancellationToken: Cancellation);
        using var without = await server.Http.PostAsync("/uploads", new ByteArrayContent(Gif), Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/uploads") { Content = new ByteArrayContent(Gif), Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var with = await server.Http.SendAsync(request, Cancellation);
        using var linked = await server.Http.GetAsync(made.Json.GetProperty("images")[0].GetProperty("download_url").GetString(), Cancellation);

        without.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        with.StatusCode.ShouldBe(HttpStatusCode.Created);
        linked.StatusCode.ShouldBe(HttpStatusCode.OK);
        refused.Text.ShouldEndWith($"\ncurl -sS -H \"Authorization: Bearer $TOKEN\" --data-binary @/home/me/fox.png {new Uri(server.Address, "/uploads")}");
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
