using GptImage2.Mcp.Http.Transfers;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Mcp.Tests.Http.Attacks.Tables;

/// <summary>Links that were edited, outlived, or made for something else. No token is asked for, so the link is all.</summary>
internal static class LinkAttacks
{
    public static IReadOnlyList<Attack> All { get; } =
    [
        NotFound("no ticket", "/images/ID alone", a => $"/images/{a.Alice.Image}"),
        NotFound("empty ticket", "t=", a => $"/images/{a.Alice.Image}?t="),
        NotFound("made-up ticket", "200 letters", a => $"/images/{a.Alice.Image}?t={new string('A', 200)}"),
        NotFound("ticket of another image", "Mallory's own ticket at Alice's image", a => $"/images/{a.Alice.Image}?{a.MalloryLink.Query[1..]}"),
        NotFound("another image of the same owner", "Alice's ticket at another image of hers", a => $"/images/{a.Alice.Edited}?t={a.Alice.Ticket}"),
        NotFound("two tickets", "Mallory's and Alice's at Alice's other image", a => $"/images/{a.Alice.Edited}?{a.MalloryLink.Query[1..]}&t={a.Alice.Ticket}"),
        NotFound("ticket without its last letter", "one byte less", a => $"/images/{a.Alice.Image}?t={a.Alice.Ticket[..^2]}"),
        NotFound("ticket with padding", "= behind it", a => $"/images/{a.Alice.Image}?t={a.Alice.Ticket}="),
        NotFound("ticket in another case", "the same letters in capitals", a => $"/images/{a.Alice.Image}?t={a.Alice.Ticket.ToUpperInvariant()}"),
        NotFound("ticket under another name", "T= and ticket=", a => $"/images/{a.Alice.Image}?ticket={a.Alice.Ticket}"),
        NotFound("id in another case", "the id in capitals, with its ticket", a => $"/images/{a.Alice.Image.ToUpperInvariant()}?t={a.Alice.Ticket}"),
        NotFound("id and an extension", "ID.png", a => $"/images/{a.Alice.Image}.png?t={a.Alice.Ticket}"),
        NotFound("id and a path", "ID%2f..%2f..%2ftokens", a => $"/images/{a.Alice.Image}%2f..%2f..%2ftokens?t={a.Alice.Ticket}"),
        NotFound("path instead of an id", "..%2f..%2ftokens", a => $"/images/..%2f..%2ftokens?t={a.Alice.Ticket}"),
        NotFound("line break in the id", "%0d%0aSet-Cookie:a=b", a => $"/images/%0d%0aSet-Cookie:a=b?t={a.Alice.Ticket}"),
        NotFound("expired link", "a ticket of the server itself, of yesterday", a => $"/images/{a.Alice.Image}?t={Write(a, TimeSpan.FromSeconds(-1))}"),
        NotFound("link of another server", "a ticket signed with keys of one's own", a => $"/images/{a.Alice.Image}?t={WriteElsewhere(a)}"),
        NotFound("ticket of another owner", "a ticket that names Mallory at Alice's image", a => $"/images/{a.Alice.Image}?t={Write(a, TimeSpan.FromHours(1), "token:mallory")}"),
        NotFound("link to what never was", "a ticket for a made-up image", a => $"/images/img_abcdefghjkmnpqrs?t={Write(a, TimeSpan.FromHours(1), Victim.Owner, "img_abcdefghjkmnpqrs")}"),
        new("edited ticket", "every letter changed, one at a time", async a =>
        {
            var ticket = a.Server.Alice.Ticket;
            for (var at = 0; at < ticket.Length; at++)
            {
                var edited = $"{ticket[..at]}{(ticket[at] is 'A' ? 'B' : 'A')}{ticket[(at + 1)..]}";
                (await a.GetAsync($"/images/{a.Server.Alice.Image}?t={edited}")).Status.ShouldBe(404, $"{at}");
            }

            return "404 each time";
        }),
        Attack.Same("without a ticket", "an image that is there, and one that is not", alice => alice.Image, "img_abcdefghjkmnpqrs", (a, id) => a.GetAsync($"/images/{id}?t={a.Server.MalloryLink.Query[3..]}")),
        Attack.Same("HEAD", "the size and type of an image without a ticket", alice => alice.Image, "img_abcdefghjkmnpqrs", (a, id) => a.GetAsync($"/images/{id}", verb: HttpMethod.Head)),
        Attack.Same("known tag", "If-None-Match with Alice's hash: 304 would tell", alice => alice.Image, "img_abcdefghjkmnpqrs", (a, id) =>
            a.GetAsync($"/images/{id}", request => request.Headers.TryAddWithoutValidation("If-None-Match", $"\"{a.Server.Alice.Hash}\""))),
        Attack.Same("tag of anything", "If-Match *", alice => alice.Image, "img_abcdefghjkmnpqrs", (a, id) => a.GetAsync($"/images/{id}", request => request.Headers.TryAddWithoutValidation("If-Match", "*"))),
        Attack.Same("range", "the first byte of an image without a ticket", alice => alice.Image, "img_abcdefghjkmnpqrs", (a, id) => a.GetAsync($"/images/{id}", request => request.Headers.Add("Range", "bytes=0-0"))),
        Attack.Same("token at a link", "Mallory's token instead of a ticket", alice => alice.Image, "img_abcdefghjkmnpqrs", (a, id) => a.GetAsync($"/images/{id}", token: a.Server.Mallory)),
        Verb("deleting by a link", HttpMethod.Delete),
        Verb("writing by a link", HttpMethod.Put),
        Verb("posting to a link", HttpMethod.Post),
        new("many ranges", "1,000 overlapping ranges of one's own image, to be sent more than there is", async a =>
        {
            var answer = await a.GetAsync(a.Server.MalloryLink.PathAndQuery, request => request.Headers.TryAddWithoutValidation("Range", $"bytes={string.Join(',', Enumerable.Repeat("0-", 1_000))}"));
            answer.Status.ShouldBeOneOf(200, 206, 416);
            answer.Head.ShouldNotContain("multipart");
            return $"{answer.Status}, the image once";
        }),
        new("image as a page", "a link in a browser that would run it", async a =>
        {
            var answer = await a.GetAsync(a.Server.MalloryLink.PathAndQuery);
            foreach (var header in (string[])["Content-Disposition: attachment", "X-Content-Type-Options: nosniff", "Content-Security-Policy: default-src 'none'; sandbox", "Referrer-Policy: no-referrer"])
            {
                answer.Head.ShouldContain(header);
            }

            return "200 attachment, nosniff, sandbox";
        }),
    ];

    private static Attack NotFound(string name, string tries, Func<AttackServer, string> path) => new(name, tries, async a =>
    {
        var answer = await a.GetAsync(path(a.Server));
        var never = await a.GetAsync("/images/img_never?t=never");
        answer.Status.ShouldBe(404);
        answer.Describe("(none)").ShouldBe(never.Describe("(none)"), "in the words for what never was");
        return answer.ToString();
    });

    private static Attack Verb(string name, HttpMethod verb) => Attack.Refused(name, $"{verb} with Alice's link", a => a.GetAsync(a.Server.Alice.Link.PathAndQuery, verb: verb), 401, 405);

    private static string Write(AttackServer server, TimeSpan lifetime, string owner = Victim.Owner, string? id = null) =>
        server.Server.Services.GetRequiredService<DownloadTickets>().Write(new DownloadTicket(owner, id ?? server.Alice.Image, TimeProvider.System.GetUtcNow() + lifetime));

    private static string WriteElsewhere(AttackServer server) =>
        new DownloadTickets(new EphemeralDataProtectionProvider(), TimeProvider.System).Write(new DownloadTicket(Victim.Owner, server.Alice.Image, TimeProvider.System.GetUtcNow().AddHours(1)));
}
