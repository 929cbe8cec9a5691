<?php
global $wp_rewrite;
$wp_rewrite->set_permalink_structure('');
$wp_rewrite->init();
$wp_rewrite->flush_rules(false);
