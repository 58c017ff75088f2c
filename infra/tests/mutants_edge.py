"""Faults of the edge, the alarms and the pipelines."""

from mutating import drop, extra, mutant, put, without

_CDN = "CloudFront::Distribution"
_CONFIG = "Properties/DistributionConfig"
_TRUST = "Properties/AssumeRolePolicyDocument/Statement/0/Condition"
_SUBJECT = "token.actions.githubusercontent.com:sub"

EDGE = (
    mutant(
        "public bucket",
        "buckets_are_private",
        "edge",
        drop("S3::Bucket", "Properties/PublicAccessBlockConfiguration", like="Pages"),
    ),
    mutant(
        "bucket policy for everybody",
        "buckets_are_private",
        "edge",
        put(
            "S3::BucketPolicy",
            "Properties/PolicyDocument/Statement/1/Principal",
            "*",
            like="Pages",
        ),
    ),
    mutant(
        "bucket without TLS",
        "buckets_take_tls_alone",
        "edge",
        drop("S3::BucketPolicy", "Properties/PolicyDocument/Statement/0", like="Releases"),
    ),
    mutant(
        "bucket goes with the stack",
        "buckets_are_encrypted_and_stay",
        "edge",
        put("S3::Bucket", "DeletionPolicy", "Delete", like="Pages"),
    ),
    mutant(
        "old pages are not kept",
        "bad_publications_can_be_undone",
        "edge",
        drop("S3::Bucket", "Properties/VersioningConfiguration", like="Pages"),
    ),
    mutant(
        "old assets expire",
        "bad_publications_can_be_undone",
        "edge",
        put(
            "S3::Bucket",
            "Properties/LifecycleConfiguration/Rules/0/ExpirationInDays",
            30,
            like="Pages",
        ),
    ),
    mutant(
        "pages read without a signature",
        "pages_are_read_by_cloudfront_alone",
        "edge",
        put(
            "CloudFront::OriginAccessControl",
            "Properties/OriginAccessControlConfig/SigningBehavior",
            "never",
        ),
    ),
    mutant(
        "any distribution may read the pages",
        "pages_are_read_by_cloudfront_alone",
        "edge",
        put(
            "S3::BucketPolicy",
            "Properties/PolicyDocument/Statement/1/Condition/StringEquals/AWS:SourceArn",
            "*",
            like="Pages",
        ),
    ),
    mutant(
        "pages over plain HTTP",
        "browsers_use_https_alone",
        "edge",
        put(_CDN, f"{_CONFIG}/DefaultCacheBehavior/ViewerProtocolPolicy", "allow-all"),
    ),
    mutant(
        "old TLS for browsers",
        "browsers_use_https_alone",
        "edge",
        put(_CDN, f"{_CONFIG}/ViewerCertificate/MinimumProtocolVersion", "TLSv1"),
    ),
    mutant(
        "no origin secret from CloudFront",
        "cloudfront_reaches_the_balancer_with_tls_and_secret",
        "edge",
        put(_CDN, f"{_CONFIG}/Origins/1/OriginCustomHeaders", []),
    ),
    mutant(
        "plain HTTP to the origin",
        "cloudfront_reaches_the_balancer_with_tls_and_secret",
        "edge",
        put(_CDN, f"{_CONFIG}/Origins/1/CustomOriginConfig/OriginProtocolPolicy", "http-only"),
    ),
    mutant(
        "API answers shared",
        "personal_answers_are_never_shared",
        "edge",
        put(_CDN, f"{_CONFIG}/CacheBehaviors/3/CachePolicyId", {"Ref": "CatalogueCache0"}),
    ),
    mutant(
        "what says no-store is kept",
        "personal_answers_are_never_shared",
        "edge",
        put("CloudFront::CachePolicy", "Properties/CachePolicyConfig/MinTTL", 60),
    ),
    mutant(
        "API errors replaced by a page",
        "errors_of_the_api_arrive_as_they_are",
        "edge",
        put(
            _CDN,
            f"{_CONFIG}/CustomErrorResponses",
            [{"ErrorCode": 404, "ResponseCode": 404, "ResponsePagePath": "/404.html"}],
        ),
    ),
    mutant(
        "no security headers",
        "pages_carry_security_headers",
        "edge",
        drop(_CDN, f"{_CONFIG}/DefaultCacheBehavior/ResponseHeadersPolicyId"),
    ),
    mutant(
        "inline scripts allowed",
        "pages_carry_security_headers",
        "edge",
        put(
            "CloudFront::ResponseHeadersPolicy",
            "Properties/ResponseHeadersPolicyConfig/SecurityHeadersConfig/"
            "ContentSecurityPolicy/ContentSecurityPolicy",
            "default-src 'self' 'unsafe-inline'",
            like="PageHeaders",
        ),
    ),
    mutant(
        "Stripe's script on every page",
        "checkout_alone_admits_stripe",
        "edge",
        put(
            "CloudFront::ResponseHeadersPolicy",
            "Properties/ResponseHeadersPolicyConfig/SecurityHeadersConfig/"
            "ContentSecurityPolicy/ContentSecurityPolicy",
            "default-src 'self'; script-src 'self' https://js.stripe.com",
            like="PageHeaders",
        ),
    ),
    mutant(
        "a checkout that no card can be typed in",
        "checkout_alone_admits_stripe",
        "edge",
        drop(_CDN, f"{_CONFIG}/CacheBehaviors/4"),
    ),
    mutant(
        "no WAF", "firewall_stands_before_everything", "edge", put(_CDN, f"{_CONFIG}/WebACLId", "")
    ),
    mutant(
        "WAF only counts",
        "firewall_stands_before_everything",
        "edge",
        put("WAFv2::WebACL", "Properties/Rules/1/OverrideAction", {"Count": {}}),
    ),
    mutant(
        "WAF without SQL injection rules",
        "firewall_stands_before_everything",
        "edge",
        drop("WAFv2::WebACL", "Properties/Rules/3"),
    ),
    mutant(
        "sign-ins unlimited",
        "sign_ins_are_limited",
        "edge",
        put("WAFv2::WebACL", "Properties/Rules/5/Statement/RateBasedStatement/Limit", 100000),
    ),
)
WATCHED = (
    mutant(
        "missing alarm",
        "everything_that_breaks_has_an_alarm",
        "observability",
        without("CloudWatch::Alarm", like="outboxlate"),
    ),
    mutant(
        "alarms tell nobody",
        "alarms_reach_somebody",
        "observability",
        put("CloudWatch::Alarm", "Properties/AlarmActions", []),
    ),
    mutant(
        "alarms may not publish",
        "alarms_reach_somebody",
        "observability",
        drop("SNS::TopicPolicy", "Properties/PolicyDocument/Statement/1"),
    ),
    mutant(
        "dead worker looks well",
        "silence_is_an_alarm_too",
        "observability",
        put("CloudWatch::Alarm", "Properties/TreatMissingData", "ignore", like="workersilent"),
    ),
    mutant(
        "orders not measured",
        "the_business_is_measured",
        "app",
        without("Logs::MetricFilter", like="FigureOrders"),
    ),
    mutant(
        "empty dashboard",
        "the_business_is_measured",
        "observability",
        put("CloudWatch::Dashboard", "Properties/DashboardBody", "{}"),
    ),
)
DELIVERY = (
    mutant(
        "a key for GitHub",
        "github_needs_no_key",
        "cicd",
        extra("Key", "IAM::AccessKey", {"UserName": "deploy"}),
    ),
    mutant(
        "wildcard OIDC subject",
        "each_role_belongs_to_one_environment",
        "cicd",
        put("IAM::Role", _TRUST, {"StringLike": {_SUBJECT: "repo:example/*"}}, like="backend"),
    ),
    mutant(
        "any branch may deploy",
        "each_role_belongs_to_one_environment",
        "cicd",
        put("IAM::Role", f"{_TRUST}/StringEquals/{_SUBJECT}", "repo:example/watchstore:*"),
    ),
    mutant(
        "OIDC without audience",
        "each_role_belongs_to_one_environment",
        "cicd",
        put(
            "IAM::Role",
            f"{_TRUST}/StringEquals/token.actions.githubusercontent.com:aud",
            "*",
        ),
    ),
    mutant(
        "pipeline may do everything",
        "pipelines_have_few_rights",
        "cicd",
        put("IAM::Policy", "Properties/PolicyDocument/Statement/0/Action", "*", like="frontend"),
    ),
    mutant(
        "frontend may delete old assets",
        "pipelines_have_few_rights",
        "cicd",
        put(
            "IAM::Policy",
            "Properties/PolicyDocument/Statement/0/Action",
            ["s3:PutObject", "s3:DeleteObject"],
            like="frontend",
        ),
    ),
    mutant(
        "tags can be moved",
        "images_never_change",
        "cicd",
        put("ECR::Repository", "Properties/ImageTagMutability", "MUTABLE"),
    ),
)
