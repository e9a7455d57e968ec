using System.CommandLine;
using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Http.Authentication;
using GptImage2.Mcp.Server;
using GptImage2.Mcp.Terminal.Interaction;

namespace GptImage2.Mcp.Terminal;

/// <summary>Makes, lists and revokes the named tokens of the HTTP server.</summary>
/// <param name="output">For what a script reads.</param>
/// <param name="explanations">For what a person reads.</param>
internal sealed class TokenCommand(ServerSettings settings, TextWriter output, TextWriter explanations)
{
    /// <param name="command">Made only when there is something to do; null when only help is wanted.</param>
    public static Command Create(Func<TokenCommand>? command)
    {
        Argument<string> name = new("name") { Description = $"Whose token it is: {NamedToken.NameRule}. Its images belong to this name." };
        var make = new Command("new", "Make a token and print it, once.") { name };
        make.SetAction(line => command!().Run(tokens => tokens.Make(line.GetRequiredValue(name))));
        var list = new Command("list", "Print the names of all tokens.");
        list.SetAction(_ => command!().Run(tokens => tokens.List()));
        var revoke = new Command("revoke", "Take a token back. Running servers refuse it from their next request on.") { name };
        revoke.SetAction(line => command!().Run(tokens => tokens.Revoke(line.GetRequiredValue(name))));
        return new Command("token", "Named tokens for the HTTP server: who may come in.") { make, list, revoke };
    }

    private TokenFile File { get; } = new(settings.Http.TokenFile ?? Path.Combine(settings.Storage.CatalogFolder, "tokens"));

    public int Make(string name)
    {
        if (!NamedToken.IsName(name))
        {
            return Refuse($"name: expected {NamedToken.NameRule} but received \"{name}\".");
        }

        if (Find(name) is not null)
        {
            return Refuse($"{name} has a token already, which nobody can read again. To replace it: {ServerDefinition.Name} token revoke {name}, then {ServerDefinition.Name} token new {name}; its images stay.");
        }

        var token = NamedToken.Generate();
        File.Add(new NamedToken(name, NamedToken.ComputeHash(token)));
        output.WriteLine(token);
        explanations.WriteLine($"Give it to {name} alone: it is not shown again, and {File.Path} holds only its hash. Clients send it as the header \"Authorization: Bearer gi2_…\". A running server takes it from now on.");
        return 0;
    }

    public int List()
    {
        foreach (var token in Read())
        {
            output.WriteLine(token.Name);
        }

        return 0;
    }

    public int Revoke(string name)
    {
        if (Find(name) is null)
        {
            string[] known = [.. Read().Select(token => token.Name)];
            return Refuse($"name: expected one of {(known is [] ? "no names, because there is no token," : string.Join(", ", known))} but received \"{name}\".{NearNames.Describe(name, known)}");
        }

        File.Remove(name);
        explanations.WriteLine($"The token of {name} is revoked: running servers refuse it from their next request on. What {name} made stays.");
        return 0;
    }

    /// <summary>Nothing is written where no server would look for it.</summary>
    public int Run(Func<TokenCommand, int> action)
    {
        if (settings.Http.TokenFile is null)
        {
            var variable = SettingNames.ToVariable(TokenFile.Setting);
            var line = OperatingSystem.IsWindows() ? $"$env:{variable} = '{File.Path}'" : $"export {variable}='{File.Path}'";
            return Refuse($"{variable} is not set, so no server would read the file of tokens. Nothing was done. Set it here and for the server, and call again:\n{line}");
        }

        try
        {
            return action(this);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Refuse($"{File.Path} cannot be changed ({failure.Message}) Nothing was done. Where no other token command is running, delete {File.Path}.new if it is there.");
        }
    }

    private NamedToken? Find(string name) => Read().FirstOrDefault(token => token.Name == name);

    private IReadOnlyList<NamedToken> Read() => System.IO.File.Exists(File.Path) ? File.Read() : [];

    private int Refuse(string text)
    {
        explanations.WriteLine(text);
        return 1;
    }
}
