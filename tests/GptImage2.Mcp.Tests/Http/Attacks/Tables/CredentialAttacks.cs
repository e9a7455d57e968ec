namespace GptImage2.Mcp.Tests.Http.Attacks.Tables;

/// <summary>Named tokens that are none, or come by a way that is none. Most use Alice's own, as if it had been seen somewhere.</summary>
internal static class CredentialAttacks
{
    public static IReadOnlyList<Attack> All { get; } =
    [
        Attack.Refused("token in the query", "Alice's token as access_token in the address", a => a.GetAsync($"/mcp?access_token={a.Server.Alice.Token}"), 401),
        Header("token in a cookie", "Alice's token in a cookie", a => [("Cookie", $"access_token={a.Server.Alice.Token}; Authorization=Bearer {a.Server.Alice.Token}")]),
        Header("token in another header", "Alice's token in X-Api-Key", a => [("X-Api-Key", a.Server.Alice.Token), ("X-Authorization", $"Bearer {a.Server.Alice.Token}")]),
        Header("basic authentication", "Alice's token as a password", a => [("Authorization", $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"alice:{a.Server.Alice.Token}"))}")]),
        Header("two tokens in one header", "Mallory's and Alice's, with a comma", a => [("Authorization", $"Bearer {a.Server.Mallory}, Bearer {a.Server.Alice.Token}")]),
        Header("token without its scheme", "Alice's token alone", a => [("Authorization", a.Server.Alice.Token)]),
        Header("empty token", "Bearer and nothing", _ => [("Authorization", "Bearer ")]),
        Attack.Refused(
            "two headers of authorization",
            "Mallory's token, then Alice's",
            a => a.WireAsync($"Authorization: Bearer {a.Server.Mallory}\r\nAuthorization: Bearer {a.Server.Alice.Token}\r\n"),
            400,
            401),
        Token("hash instead of the token", "the hash that the file of tokens has", a => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(a.Alice.Token)))),
        Token("hash with the prefix", "the same as a named token", a => $"gi2_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(a.Alice.Token)))}"),
        Token("name instead of the token", "alice", _ => "alice"),
        Token("owner instead of the token", "token:alice", _ => "token:alice"),
        Token("local user", "local, who owns what is made over stdio", _ => "local"),
        Token("beginning of the token", "all but its last letter", a => a.Alice.Token[..^1]),
        Token("token and more", "one letter more", a => a.Alice.Token + "A"),
        Token("token in capitals", "the same letters in another case", a => a.Alice.Token.ToUpperInvariant()),
        Token("line of the file", "alice: and the hash", a => $"alice:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(a.Alice.Token)))}"),
        Token("endless token", "16,000 letters", _ => "gi2_" + new string('A', 16_000)),
        new("guesses", "200 random tokens, to find one and to fill the log", async a =>
        {
            a.Server.ReadNewLog();
            for (var i = 0; i < 200; i++)
            {
                (await Authentication.RawMcp.TryAsync(a.Server.Server, $"gi2_guess{i}")).ShouldBe(401);
            }

            a.Server.ReadNewLog().Split('\n').Count(line => line.Contains("[WRN] Not let in", StringComparison.Ordinal)).ShouldBeLessThanOrEqualTo(11);
            return "401, 200 times; at most ten warnings a minute";
        }),
        new("which of two is wrong", "compares the answers to a wrong named token, a wrong access token and nonsense", async a =>
        {
            Answer[] answers = [await a.ListAsync(_ => { }, "gi2_wrong"), await a.ListAsync(_ => { }, "a.b.c"), await a.ListAsync(_ => { }, "nonsense")];
            answers.Select(answer => answer.Describe("(none)")).Distinct().Count().ShouldBe(1);
            return $"the same each time: {answers[0]}";
        }),
    ];

    private static Attack Header(string name, string tries, Func<Attempt, (string Name, string Value)[]> headers) => Attack.Refused(
        name,
        tries,
        a => a.ListAsync(request =>
        {
            foreach (var (header, value) in headers(a))
            {
                request.Headers.TryAddWithoutValidation(header, value);
            }
        }),
        401);

    private static Attack Token(string name, string tries, Func<AttackServer, string> token) => Attack.Refused(name, tries, a => a.ListAsync(_ => { }, token(a.Server)), 401);
}
