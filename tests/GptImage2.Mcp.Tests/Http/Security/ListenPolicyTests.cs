using System.Net;
using GptImage2.Mcp.Http.Security;
using GptImage2.Mcp.Http.Settings;
using Microsoft.Extensions.Configuration;

namespace GptImage2.Mcp.Tests.Http.Security;

public sealed class ListenPolicyTests
{
    private static readonly IConfiguration NoEndpoints = new ConfigurationBuilder().Build();

    [Theory]
    [InlineData("http://127.0.0.1:7823", true)]
    [InlineData("http://127.4.5.6:1", true)]
    [InlineData("http://localhost:7823", true)]
    [InlineData("http://LOCALHOST:7823", true)]
    [InlineData("https://[::1]:7823", true)]
    [InlineData("http://unix:/tmp/gptimage2.sock", true)]
    [InlineData("http://0.0.0.0:7823", false)]
    [InlineData("http://[::]:7823", false)]
    [InlineData("http://*:7823", false)]
    [InlineData("http://+:7823", false)]
    [InlineData("http://192.168.0.10:7823", false)]
    [InlineData("http://localhost.example.com:7823", false)]
    [InlineData("http://127.0.0.1.example.com:7823", false)]
    [InlineData("http://studio:7823", false)]
    public void Only_an_address_of_this_machine_needs_no_authentication(string url, bool isLocal)
    {
        ListenPolicy.IsLocal(url).ShouldBe(isLocal);
        (ListenPolicy.FindProblem(new HttpOptions { Urls = [url] }, NoEndpoints) is null).ShouldBe(isLocal);
        ListenPolicy.FindProblem(new HttpOptions { Urls = [url], TokenFile = "/tokens" }, NoEndpoints).ShouldBeNull();
    }

    [Fact]
    public void One_address_among_several_is_enough_to_be_refused_and_is_named()
    {
        var problem = ListenPolicy.FindProblem(new HttpOptions { Urls = ["http://127.0.0.1:1", "http://10.0.0.1:2"] }, NoEndpoints).ShouldNotBeNull();

        problem.ShouldContain("http://10.0.0.1:2");
        problem.ShouldNotContain("http://127.0.0.1:1");
        problem.ShouldContain("token new");
    }

    [Fact]
    public void Endpoints_of_Kestrel_replace_the_addresses_for_the_policy_too()
    {
        var kestrel = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Endpoints:Https:Url", (string?)"https://0.0.0.0:443")]).Build();

        ListenPolicy.FindProblem(new HttpOptions(), kestrel).ShouldNotBeNull().ShouldContain("https://0.0.0.0:443");
    }

    [Fact]
    public void A_request_may_name_this_machine_the_addresses_and_what_the_operator_allows_and_no_wildcard()
    {
        var options = new HttpOptions
        {
            Urls = ["http://0.0.0.0:80", "http://*:81", "http://[::]:82", "http://10.0.0.1:83", "http://studio:84"],
            AllowedHosts = ["*.example.com"],
            PublicUrl = new Uri("https://images.example.org/mcp"),
        };

        string[] named = ["localhost", "127.0.0.1", "[::1]", "*.example.com", "images.example.org", "10.0.0.1", "studio"];
        var hosts = AllowedHosts.Get(options, NoEndpoints);

        named.ShouldBeSubsetOf(hosts);
        hosts.ShouldContain(Environment.MachineName);
        hosts.Except(named).Except([Environment.MachineName]).Where(host => !IPAddress.TryParse(host, out _)).ShouldBeEmpty();
        hosts.ShouldNotContain(host => host == "*" || host == "0.0.0.0" || host == "[::]");
    }
}
